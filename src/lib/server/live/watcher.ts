import { showsComments, stateAt } from '../articles/commenting-rules.ts';
import { noticeName } from '../articles/notice.ts';
import { now } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { log } from '../log.ts';
import * as changes from './changes.ts';
import * as events from './events.ts';
import type { CommentingEvent } from './view.ts';

// Together with a page's fetch, what another process wrote shows within two seconds.
const LOOK_EVERY_MS = 1000;
// What was written shows at once; a busy evening's posts share a look.
const POKE_MS = 50;
// Below the 30 s after which the most impatient proxies end a silent connection.
const HEARTBEAT_MS = 25_000;
/** No database has this past. */
const UNKNOWN = -1;

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

/** What is watched. */
export type WatchedDatabase = Pick<Database, 'read' | 'hearing' | 'history'>;

/** What all listeners of an article have been told. */
interface Watched extends CommentingEvent {
	revision: number;
	/** Of the database that said so. */
	history: number;
	/** When the comment state gives way to another one, without anybody writing (Unix milliseconds). */
	due: number;
	listeners: Set<Listener>;
}

function dueOf({ commentingUntil }: changes.WatchedArticle): number {
	const due = commentingUntil?.getTime() ?? Infinity;
	return due > now().getTime() ? due : Infinity;
}

/**
 * Looks at articles that somebody listens to, in one query for them all, and tells every listener the same
 * bytes. Where the database tells what changes, those are looked at that changed, at once, and all only where
 * something may have been missed; where it does not, or cannot be heard, all are, once a second and after every
 * write of this process. What is asked is the database and nothing else: so changes of every process arrive, on
 * both databases and behind every pooler, and none is lost.
 */
export class Watcher {
	#db: WatchedDatabase;
	#watched = new Map<string, Watched>();
	#stops: (() => void)[] = [];
	/** Those to be looked at next. */
	#wanted = new Set<string>();
	#poked: NodeJS.Timeout | null = null;
	#lookedAt = 0;
	#looking: Promise<void> | null = null;
	#failing = false;

	constructor(db: WatchedDatabase) {
		this.#db = db;
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
		const { id, revision, history } = article;
		const read = { revision, history, due: dueOf(article), ...commentingOf(article) };
		const watched = this.#watched.get(id) ?? { ...read, listeners: new Set() };
		this.#watched.set(id, watched);
		watched.listeners.add(listener);
		if (this.#stops.length === 0) this.#start();
		const isOfOnePast = watched.history === history;
		// Whichever is over, the next look has them all begin anew.
		if (!isOfOnePast) watched.history = UNKNOWN;
		// What it was told between the reading and now, nobody was there to hear.
		const isFirst = this.#db.hearing !== null && watched.listeners.size === 1;
		if (isFirst || !isOfOnePast) this.#want([id]);
		const known = isOfOnePast && watched.revision > revision ? watched : read;
		listener.since = known.revision;
		return { commenting: known, stop: () => this.#forget(id, listener) };
	}

	/** Something was written by this process; where the database tells what, that is enough. */
	poke(): void {
		if (!this.#db.hearing?.isTrusted) this.#want(this.#watched.keys());
	}

	/** Looks soon at articles of these, if anybody listens to them: at once, if it did not just look. */
	#want(ids: Iterable<string>): void {
		for (const id of ids) if (this.#watched.has(id)) this.#wanted.add(id);
		if (this.#wanted.size === 0 || this.#poked) return;
		const wait = Math.max(0, this.#lookedAt + POKE_MS - performance.now());
		this.#poked = setTimeout(() => {
			this.#poked = null;
			void this.#lookAtWanted();
		}, wait).unref();
	}

	/** Looks now at all of them. */
	look(): Promise<void> {
		for (const id of this.#watched.keys()) this.#wanted.add(id);
		return this.#lookAtWanted();
	}

	/** Looks at what is wanted, and then at what was wanted meanwhile. */
	#lookAtWanted(): Promise<void> {
		if (this.#wanted.size > 0) this.#looking ??= this.#lookOn();
		return this.#looking ?? Promise.resolve();
	}

	async #lookOn(): Promise<void> {
		while (this.#wanted.size > 0) {
			const ids = [...this.#wanted];
			this.#wanted.clear();
			await this.#lookOnce(ids);
			this.#lookedAt = performance.now();
		}
		this.#looking = null;
	}

	/** Ends everybody. */
	endAll(): void {
		for (const listener of this.#all()) listener.end();
	}

	#all(): Listener[] {
		return [...this.#watched.values()].flatMap(({ listeners }) => [...listeners]);
	}

	#start(): void {
		const timers = [
			setInterval(() => this.#tick(), LOOK_EVERY_MS).unref(),
			setInterval(() => this.#beat(), HEARTBEAT_MS).unref()
		];
		this.#stops = timers.map((timer) => () => clearInterval(timer));
		const told = this.#db.hearing?.tell((things) => this.#want(things ?? this.#watched.keys()));
		if (told) this.#stops.push(told);
	}

	/** Looks at all where nobody tells of changes, and otherwise at those that change by the clock. */
	#tick(): void {
		if (!this.#db.hearing?.isTrusted || this.#failing) return void this.look();
		const at = now().getTime();
		this.#want([...this.#watched].flatMap(([id, { due }]) => (due <= at ? [id] : [])));
	}

	#forget(id: string, listener: Listener): void {
		const watched = this.#watched.get(id);
		watched?.listeners.delete(listener);
		if (watched?.listeners.size === 0) this.#watched.delete(id);
		if (this.#watched.size > 0) return;
		for (const stop of this.#stops.splice(0)) stop();
	}

	#beat(): void {
		const at = now().getTime();
		for (const listener of this.#all()) {
			if (listener.endsAt <= at) listener.end();
			else listener.send(events.heartbeat);
		}
	}

	/** A database that does not answer is asked again in a second; once is enough to say so. */
	async #lookOnce(ids: string[]): Promise<void> {
		try {
			const articles = new Map(
				(await changes.watched(this.#db, ids)).map((article) => [article.id, article])
			);
			for (const id of ids) {
				const watched = this.#watched.get(id);
				if (watched) await this.#tell(watched, articles.get(id));
			}
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
		watched.due = dueOf(article);
		const commenting = commentingOf(article);
		if (commenting.state !== watched.state || commenting.notice !== watched.notice) {
			Object.assign(watched, commenting);
			const event = events.commenting(commenting);
			for (const listener of watched.listeners) listener.send(event);
		}
		if (watched.history !== article.history) this.#reset(watched, article);
		else if (article.revision > watched.revision) await this.#tellChanges(watched, article);
	}

	/** Another server answers: some of what was told may not be there, and what is there not have been told. */
	#reset(watched: Watched, { revision, history }: changes.WatchedArticle): void {
		Object.assign(watched, { revision, history });
		const event = events.reset({ revision, history });
		const isShown = showsComments(watched.state);
		for (const listener of watched.listeners) {
			listener.since = revision;
			if (isShown || listener.seesHidden) listener.send(event);
		}
	}

	async #tellChanges(watched: Watched, article: changes.WatchedArticle): Promise<void> {
		const { id, revision, history, commentCount } = article;
		const found = await changes.between(this.#db.read, id, watched.revision, revision);
		const isShown = showsComments(watched.state);
		const encoded = new Map<number, events.Encoded | null>();
		for (const listener of watched.listeners) {
			if (!isShown && !listener.seesHidden) continue;
			// Whoever has come since the last look knows some of it already.
			const since = Math.max(listener.since, watched.revision);
			if (!encoded.has(since)) {
				const news = found.filter(({ changedIn }) => changedIn > since);
				const at = { revision, history };
				encoded.set(since, news.length > 0 ? events.comments(at, commentCount, news) : null);
			}
			const event = encoded.get(since);
			if (event) listener.send(event);
		}
		watched.revision = revision;
	}
}
