import { atLeast, isStaff, type Actor } from '../actor.ts';
import { showsComments } from '../articles/commenting-rules.ts';
import { now } from '../clock.ts';
import { config } from '../config.ts';
import type { Database } from '../database/database.ts';
import { stackOf } from '../faults.ts';
import { network } from '../limits/network.ts';
import { log } from '../log.ts';
import { Refusal } from '../refusal.ts';
import * as changes from './changes.ts';
import * as events from './events.ts';
import { isEnding, openStreams, watcherOf } from './live.ts';
import { leadsTo, type Moment } from './moment.ts';
import type { Sink, Source } from './source.ts';
import type { CommentingEvent } from './view.ts';
import type { Listener } from './watcher.ts';

/** Streams of a process: a thousand cost 15 to 20 MB where memory is spared. */
const MOST_STREAMS = 5000;
/** Streams of a network: an office reads together, one machine must not take them all. */
const MOST_OF_A_NETWORK = 60;
/** A stream lasts so long at most; whoever comes back is asked again who they are. */
const LONGEST_MS = 30 * 60_000;
/** Bytes that may wait for one slow reader, who is then better off with coming back: three of the longest events. */
const MOST_WAITING = 64 * 1024;
/** Browsers come back after this and as much again by chance, so not all at once. */
const RETRY_MS = 2000;
/** Seconds after which one who was turned away may ask again. */
const BUSY_SECONDS = 60;

/** Who wants to listen to what. */
export interface StreamInput {
	articleId: string;
	/** The moment of the article that the page shows; null for none. */
	since: Moment | null;
}

/** Counts a stream of a network; returns how to count it out. */
function count(key: string): () => void {
	const open = openStreams();
	open.set(key, (open.get(key) ?? 0) + 1);
	return () => {
		const left = (open.get(key) ?? 0) - 1;
		if (left > 0) open.set(key, left);
		else open.delete(key);
	};
}

function assertRoom(key: string): void {
	const open = openStreams();
	const all = [...open.values()].reduce((sum, streams) => sum + streams, 0);
	const wait = { retryAfter: BUSY_SECONDS };
	if (isEnding() || all >= MOST_STREAMS) {
		throw new Refusal(503, 'busy', 'No more readers can listen just now.', wait);
	}
	if (config().rateLimits && (open.get(key) ?? 0) >= MOST_OF_A_NETWORK) {
		throw new Refusal(429, 'too-many', 'Too many pages are open from your network.', wait);
	}
}

/** Somebody who listens, until they or we end it. Knows nothing of the request: a thousand are kept. */
class Reader implements Listener {
	since = 0;
	readonly seesDrafts: boolean;
	readonly seesHidden: boolean;
	readonly endsAt = now().getTime() + LONGEST_MS;
	readonly #sink: Sink;
	readonly #leave: () => void;
	#stop: (() => void) | null = null;
	#isOpen = true;

	/** @param leave counts them out */
	constructor(actor: Actor, sink: Sink, leave: () => void) {
		this.seesDrafts = atLeast(actor, 'editor');
		this.seesHidden = isStaff(actor);
		this.#sink = sink;
		this.#leave = leave;
	}

	get isOpen(): boolean {
		return this.#isOpen;
	}

	/** Hears of an article from now on. @returns how that stood */
	watch(db: Database, article: changes.WatchedArticle): CommentingEvent {
		const { stop, commenting } = watcherOf(db).watch(article, this);
		this.#stop = stop;
		return commenting;
	}

	send(event: events.Encoded): void {
		if (!this.#isOpen) return;
		if (this.#sink.waiting > MOST_WAITING) this.end();
		else this.#sink.write(event);
	}

	/** Nobody takes what is sent any more. */
	close(): void {
		if (!this.#isOpen) return;
		this.#isOpen = false;
		this.#leave();
		this.#stop?.();
	}

	end(): void {
		if (!this.#isOpen) return;
		this.close();
		this.#sink.end();
	}
}

/** Sends how things stand, and what changed since the page was made. */
async function tell(
	db: Database,
	article: changes.WatchedArticle,
	commenting: CommentingEvent,
	listener: Listener,
	since: Moment | null
): Promise<void> {
	listener.send(events.retry(RETRY_MS + Math.floor(Math.random() * RETRY_MS)));
	listener.send(events.commenting(commenting));
	const here = { revision: listener.since, history: article.history };
	const isShown = showsComments(commenting.state) || listener.seesHidden;
	if (since === null || !isShown) return;
	// The page shows what was lost when another server took over, or when a backup was restored.
	if (!leadsTo(since, here)) return listener.send(events.reset(here));
	if (since.revision === here.revision) return;
	const missed = await changes.between(db.read, article.id, since.revision, here.revision);
	if (missed.length > 0) listener.send(events.comments(here, article.commentCount, missed));
}

async function begin(db: Database, reader: Reader, input: StreamInput): Promise<void> {
	const [article] = await changes.watched(db, [input.articleId]);
	if (!article || isEnding()) reader.end();
	if (reader.isOpen) await tell(db, article, reader.watch(db, article), reader, input.since);
}

/** A function that knows of one reader, and not of all that is at hand where they come. */
function closing(reader: Reader): () => void {
	return () => reader.close();
}

/**
 * A stream of server-sent events about an article that the actor may see: `comments` with the ids of
 * those that changed, `commenting` with the comment state, `reset` when too much changed to be told,
 * `gone` when the article is withdrawn. While a discussion is hidden, readers hear of its state only.
 * Nobody is counted, and nobody listens, before there is where to send it.
 * @throws {Refusal} 429 or 503 with `retryAfter` when there are too many streams.
 */
export function open(db: Database, actor: Actor, input: StreamInput): Source {
	const key = network(actor.address ?? '');
	assertRoom(key);
	return (sink) => {
		const reader = new Reader(actor, sink, count(key));
		begin(db, reader, input).catch((error: unknown) => {
			log('error', 'live.failed', { stack: stackOf(error) });
			reader.end();
		});
		return closing(reader);
	};
}
