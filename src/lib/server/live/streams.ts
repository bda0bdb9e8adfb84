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
import type { CommentingEvent } from './view.ts';
import type { Listener } from './watcher.ts';

/** Streams of a process: a thousand cost some 22 MB. */
const MOST_STREAMS = 5000;
/** Streams of a network: an office reads together, one machine must not take them all. */
const MOST_OF_A_NETWORK = 60;
/** A stream lasts so long at most; whoever comes back is asked again who they are. */
const LONGEST_MS = 30 * 60_000;
/** Events that may wait for one slow reader, who is then better off with coming back. */
const MOST_WAITING = 50;
/** Browsers come back after this and as much again by chance, so not all at once. */
const RETRY_MS = 2000;
/** Seconds after which one who was turned away may ask again. */
const BUSY_SECONDS = 60;

/** Who wants to listen to what. */
export interface StreamInput {
	articleId: string;
	/** The revision of the article that the page shows; null for none. */
	since: number | null;
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

type Controller = ReadableStreamDefaultController<events.Encoded>;

/** Whether a stream is open still, and how it stops listening. */
interface Gate {
	isOpen(): boolean;
	close(): void;
}

/** What is told goes into the stream, as long as that is open. */
function listenerOf(actor: Actor, controller: Controller, gate: Gate): Listener {
	return {
		since: 0,
		seesDrafts: atLeast(actor, 'editor'),
		seesHidden: isStaff(actor),
		endsAt: now().getTime() + LONGEST_MS,
		send(event) {
			if (!gate.isOpen()) return;
			if (controller.desiredSize! < -MOST_WAITING) this.end();
			else controller.enqueue(event);
		},
		end() {
			if (!gate.isOpen()) return;
			gate.close();
			controller.close();
		}
	};
}

/** Sends how things stand, and what changed since the page was made. */
async function tell(
	db: Database,
	article: changes.WatchedArticle,
	commenting: CommentingEvent,
	listener: Listener,
	since: number | null
): Promise<void> {
	listener.send(events.retry(RETRY_MS + Math.floor(Math.random() * RETRY_MS)));
	listener.send(events.commenting(commenting));
	const upTo = listener.since;
	const isShown = showsComments(commenting.state) || listener.seesHidden;
	if (since === null || since === upTo || !isShown) return;
	// The page shows what was lost when another server took over.
	if (since > upTo) return listener.send(events.reset(upTo));
	const missed = await changes.between(db.read, article.id, since, upTo);
	if (missed.length > 0) listener.send(events.comments(upTo, article.commentCount, missed));
}

/**
 * A stream of server-sent events about an article that the actor may see: `comments` with the ids of
 * those that changed, `commenting` with the comment state, `reset` when too much changed to be told,
 * `gone` when the article is withdrawn. While a discussion is hidden, readers hear of its state only.
 * Nobody is counted, and nobody listens, before somebody reads.
 * @throws {Refusal} 429 or 503 with `retryAfter` when there are too many streams.
 */
export function open(db: Database, actor: Actor, input: StreamInput): ReadableStream {
	const key = network(actor.address ?? '');
	assertRoom(key);
	const stops: (() => void)[] = [];
	let state: 'new' | 'open' | 'ended' = 'new';
	const gate: Gate = {
		isOpen: () => state === 'open',
		close() {
			state = 'ended';
			for (const stop of stops.splice(0)) stop();
		}
	};

	async function start(controller: Controller): Promise<void> {
		stops.push(count(key));
		const listener = listenerOf(actor, controller, gate);
		const [article] = await changes.watched(db.read, [input.articleId]);
		if (!article || isEnding()) listener.end();
		if (!gate.isOpen()) return;
		const { stop, commenting } = watcherOf(db).watch(article, listener);
		stops.push(stop);
		await tell(db, article, commenting, listener, input.since);
	}

	return new ReadableStream<events.Encoded>(
		{
			async pull(controller) {
				if (state !== 'new') return;
				state = 'open';
				await start(controller).catch((error: unknown) => {
					log('error', 'live.failed', { stack: stackOf(error) });
					gate.close();
					controller.error(error);
				});
			},
			cancel: gate.close
		},
		{ highWaterMark: 0 }
	);
}
