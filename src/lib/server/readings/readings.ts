import { LRUCache } from 'lru-cache';
import { guest } from '../actor.ts';
import * as articles from '../articles/articles.ts';
import type { ArticleView } from '../articles/view.ts';
import { now } from '../clock.ts';
import { maySeeDiscussion } from '../comments/access.ts';
import * as threads from '../comments/threads.ts';
import type { Sort } from '../comments/view.ts';
import type { Database } from '../database/database.ts';
import * as passages from '../quotes/passages.ts';
import type { Revisions, Shown } from '../site/revisions.ts';
import { Fragments } from './fragments.ts';
import { sameComments } from './same.ts';
import { sizeOf } from './size.ts';

/** What says whether a reading is true still. */
export type Truth = Pick<Revisions, 'version' | 'isExact' | 'history' | 'hold' | 'nextDue'>;

/** Which page of which article's discussion is asked for. */
export interface Asked {
	slug: string;
	sort: Sort;
	cursor: string | null;
}

/** An article with a page of its discussion, as it is to all who are not of the staff. */
export interface Reading {
	article: ArticleView;
	body: passages.BodyPiece[];
	page: threads.CommonPage;
	/**
	 * Pieces of pages that were rendered from it, by what tells them apart: they go with what they show.
	 * Null where it is not kept, and nobody would use them.
	 */
	fragments: Fragments | null;
}

interface Made extends Reading {
	shown: Shown;
	/** The database's version at which it was last known to be true. */
	version: number | null;
	/** When it stops to be true without anybody writing (Unix milliseconds). */
	until: number;
}

interface Kept extends Made {
	fragments: Fragments;
	/** What it takes in memory without its fragments. */
	size: number;
}

// Of so many that were read once it is known that they were.
const ONCE = 5_000;

// Guests and readers see a comment differently, and few readers differently from another.
const FRAGMENTS_OF_A_COMMENT = 4;

/**
 * Articles with a page of their discussions in memory, as they are to all, so that a reader's page costs
 * what that reader adds to it. One is kept from the second time on that it is asked for: a crawler that goes
 * through thousands of old ones drives out none that are read now, and each that is kept for nothing costs
 * a quarter of its page, because the collector of garbage takes it for one that lives long. It is used only while
 * the article and the site have the revisions that it was read at: nothing has to be told of changes, on any
 * number of processes.
 */
export class Readings {
	#truth: Truth;
	#kept: LRUCache<string, Kept>;
	/** What was read once lately. */
	#once = new LRUCache<string, true>({ max: ONCE });

	/** @param bytes what they may take in memory, with what is rendered from them */
	constructor(truth: Truth, bytes: number) {
		this.#truth = truth;
		this.#kept = new LRUCache({ maxSize: Math.max(1, bytes) });
	}

	/**
	 * The reading of an article's page; null where that is not the same for all, or there is none.
	 * @param siteRevision the site's, read before by whoever asks.
	 * @throws {Refusal} 400 for a malformed cursor, 404 for an article that there is not.
	 */
	async read(db: Database, asked: Asked, siteRevision: number): Promise<Reading | null> {
		const key = `${asked.slug} ${asked.sort} ${asked.cursor ?? ''}`;
		const kept = this.#kept.get(key);
		if (kept && (await this.#holds(kept))) return kept;
		const made = await this.#make(db, asked, siteRevision);
		if (made && (kept || this.#once.has(key))) return this.#keepAnew(key, made, kept);
		if (made) this.#once.set(key, true);
		else this.#kept.delete(key);
		return made;
	}

	#keepAnew(key: string, made: Made, before: Kept | undefined): Kept {
		const { comments } = made.page;
		const most = comments.length * FRAGMENTS_OF_A_COMMENT;
		const fragments = new Fragments(most, () => this.#recount(key));
		const kept = { ...made, fragments, size: sizeOf(made) };
		// Mostly somebody wrote one more comment, and the others are what they were.
		if (before) fragments.carryOver(before.fragments, sameComments(made.page, before.page));
		this.#keep(key, kept);
		return kept;
	}

	#keep(key: string, kept: Kept): void {
		this.#kept.set(key, kept, { size: kept.size + kept.fragments.size });
	}

	/** Pages were rendered from what is kept there: it takes more memory than it did. */
	#recount(key: string): void {
		const kept = this.#kept.peek(key);
		if (!kept) return;
		// What is set in its own place keeps the size that it had.
		this.#kept.delete(key);
		this.#keep(key, kept);
	}

	/** The database's version where it never is behind: who wrote on another process must see that here. */
	#version(): number | null {
		return this.#truth.isExact ? this.#truth.version() : null;
	}

	async #holds(kept: Made): Promise<boolean> {
		if (now().getTime() >= kept.until) return false;
		const version = this.#version();
		if (version !== null && version === kept.version) return true;
		if (!(await this.#truth.hold(kept.shown))) return false;
		kept.version = version;
		return true;
	}

	// The revisions are read before what they are of: what changes meanwhile makes it untrue at once.
	async #make(db: Database, asked: Asked, siteRevision: number): Promise<Made | null> {
		const version = this.#version();
		const history = this.#truth.history();
		const at = now();
		const anyone = guest();
		const article = await articles.read(db, anyone, asked.slug);
		const { id, slug, title, revision, categoryId, discussion } = article;
		const { state } = article.commenting;
		if (!maySeeDiscussion(anyone, article, state)) return null;
		const presented = { id, slug, title, revision, categoryId, state, ...discussion };
		const page = await threads.common(db, presented, asked);
		const due = await this.#truth.nextDue(at);
		return {
			article,
			body: await passages.split(db.read, article),
			page,
			fragments: null,
			shown: new Map([['site', siteRevision], [id, revision], history]),
			version,
			until: due?.getTime() ?? Infinity
		};
	}
}
