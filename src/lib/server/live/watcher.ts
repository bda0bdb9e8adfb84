import { showsComments, stateAt } from '../articles/commenting-rules.ts';
import { noticeName } from '../articles/notice.ts';
import { now } from '../clock.ts';
import type { Read } from '../database/database.ts';
import { log } from '../log.ts';
import * as changes from './changes.ts';
import * as events from './events.ts';
import type { CommentingEvent } from './view.ts';

// Together with a page's fetch, what another process wrote shows within two seconds.
const LOOK_EVERY_MS = 1000;
// What this process wrote shows at once; a busy evening's posts share a look.
const POKE_MS = 50;
// Below the 30 s after which the most impatient proxies end a silent connection.
const HEARTBEAT_MS = 25_000;

/** Somebody who listens to one article. */
export interface Listener {
	/** The article's revision up to which everything is known here. */
	since: number;
	/** Whether the actor sees drafts. */
	seesDrafts: boolean;
	/** Whether the actor sees discussions that are hidden. */
	seesHidden: boolean;
	/** When it is ended, to come back and be asked again who it is. */
	endsAt: number;
	send(event: events.Encoded): void;
	/** Ends it; it stops listening itself. */
	end(): void;
}

/** What stands above a discussion now; a note is over with the state that it was for. */
function commentingOf(article: changes.WatchedArticle): CommentingEvent {
	const { commentingUntil: until, note } = article;
	const at = now();
	const isOver = until !== null && until <= at;
	const holding = isOver ? { note: '', until: null } : { note: note ?? '', until };
	return { state: stateAt(article, at), notice: noticeName(article, holding) };
}

/** What all listeners of an article have been told. */
interface Watched extends CommentingEvent {
	revision: number;
	listeners: Set<Listener>;
}

/**
 * Looks, once a second and after every write of this process, at all articles that somebody listens to,
 * in one query for them all, and tells every listener the same bytes. What is asked is the database and
 * nothing else: so changes of every process arrive, on both databases and behind every pooler, none is
 * lost, and there is no second connection to keep alive, as PostgreSQL's LISTEN and NOTIFY would need.
 */
export class Watcher {
	#read: Read;
	#watched = new Map<string, Watched>();
	#timers: NodeJS.Timeout[] = [];
	#poked: NodeJS.Timeout | null = null;
	#looking: Promise<void> | null = null;
	#again = false;
	#failing = false;

	constructor(read: Read) {
		this.#read = read;
	}

	/** How many listen. */
	get size(): number {
		return [...this.#watched.values()].reduce((sum, { listeners }) => sum + listeners.size, 0);
	}

	/**
	 * Begins to tell somebody what changes from now on: from the article as it was read, or as others
	 * heard of it meanwhile. Sets the listener's `since` to that; returns how it stood, and how
	 * to stop.
	 */
	watch(
		article: changes.WatchedArticle,
		listener: Listener
	): { commenting: CommentingEvent; stop: () => void } {
		const { id, revision } = article;
		const read = { revision, ...commentingOf(article) };
		const watched = this.#watched.get(id) ?? { ...read, listeners: new Set() };
		this.#watched.set(id, watched);
		watched.listeners.add(listener);
		if (this.#timers.length === 0) this.#start();
		const known = watched.revision > revision ? watched : read;
		listener.since = known.revision;
		return { commenting: known, stop: () => this.#forget(id, listener) };
	}

	/** Looks soon: something was written. */
	poke(): void {
		if (this.#watched.size === 0) return;
		this.#poked ??= setTimeout(() => {
			this.#poked = null;
			void this.look();
		}, POKE_MS).unref();
	}

	/** Looks now, and after that again if it was asked for meanwhile. */
	look(): Promise<void> {
		this.#again = this.#looking !== null;
		this.#looking ??= this.#lookOnce().finally(() => {
			this.#looking = null;
			if (this.#again) void this.look();
		});
		return this.#looking;
	}

	/** Ends everybody. */
	endAll(): void {
		for (const listener of this.#all()) listener.end();
	}

	#all(): Listener[] {
		return [...this.#watched.values()].flatMap(({ listeners }) => [...listeners]);
	}

	#start(): void {
		this.#timers = [
			setInterval(() => void this.look(), LOOK_EVERY_MS).unref(),
			setInterval(() => this.#beat(), HEARTBEAT_MS).unref()
		];
	}

	#forget(id: string, listener: Listener): void {
		const watched = this.#watched.get(id);
		watched?.listeners.delete(listener);
		if (watched?.listeners.size === 0) this.#watched.delete(id);
		if (this.#watched.size > 0) return;
		for (const timer of this.#timers) clearInterval(timer);
		this.#timers = [];
	}

	#beat(): void {
		const at = now().getTime();
		for (const listener of this.#all()) {
			if (listener.endsAt <= at) listener.end();
			else listener.send(events.heartbeat);
		}
	}

	/** A database that does not answer is asked again in a second; once is enough to say so. */
	async #lookOnce(): Promise<void> {
		try {
			const watched = [...this.#watched];
			if (watched.length === 0) return;
			const ids = watched.map(([id]) => id);
			const articles = new Map(
				(await changes.watched(this.#read, ids)).map((article) => [article.id, article])
			);
			for (const [id, one] of watched) await this.#tell(one, articles.get(id));
			this.#failing = false;
		} catch (error) {
			if (!this.#failing) log('error', 'live.failed', { message: String(error) });
			this.#failing = true;
		}
	}

	async #tell(watched: Watched, article: changes.WatchedArticle | undefined): Promise<void> {
		if (!article?.publishedAt) {
			for (const listener of watched.listeners) {
				if (article && listener.seesDrafts) continue;
				listener.send(events.gone);
				listener.end();
			}
		}
		if (!article) return;
		const commenting = commentingOf(article);
		if (commenting.state !== watched.state || commenting.notice !== watched.notice) {
			Object.assign(watched, commenting);
			const event = events.commenting(commenting);
			for (const listener of watched.listeners) listener.send(event);
		}
		if (article.revision > watched.revision) await this.#tellChanges(watched, article);
	}

	async #tellChanges(watched: Watched, article: changes.WatchedArticle): Promise<void> {
		const { id, revision, commentCount } = article;
		const found = await changes.between(this.#read, id, watched.revision, revision);
		const isShown = showsComments(watched.state);
		const encoded = new Map<number, events.Encoded | null>();
		for (const listener of watched.listeners) {
			if (!isShown && !listener.seesHidden) continue;
			// Whoever has come since the last look knows some of it already.
			const since = Math.max(listener.since, watched.revision);
			if (!encoded.has(since)) {
				const news = found.filter(({ changedIn }) => changedIn > since);
				encoded.set(since, news.length > 0 ? events.comments(revision, commentCount, news) : null);
			}
			const event = encoded.get(since);
			if (event) listener.send(event);
		}
		watched.revision = revision;
	}
}
