import { and, asc, gt, isNotNull, sql } from 'drizzle-orm';
import { setImmediate } from 'node:timers/promises';
import type { Database, Read } from '../database/database.ts';
import { listOf } from '../database/placeholders.ts';
import { prepared } from '../database/prepared.ts';
import { accounts, articles, site } from '../database/schema.ts';

/** What a page shows, and at which revision: the site as `site`, articles and accounts by their ids. */
export type Shown = ReadonlyMap<string, number>;

const SITE = 'site';
/** Which server's past a page shows, beside the things that it shows (`Database.history`). */
const HISTORY = 'history';
const TAG = /^(?:site|article:(\w{16})|account:(\w{16}))@(\d{1,10})$/;

/** Reads what a `Cache-Tag` says; null where it says nothing, two things of one, or what no revision can be asked of. */
export function readTags(header: string): Shown | null {
	const shown = new Map<string, number>();
	for (const tag of header.split(',')) {
		const match = TAG.exec(tag);
		if (!match) return null;
		const thing = match[1] ?? match[2] ?? SITE;
		const revision = Number(match[3]);
		// It changed while the page was made: some of the page may be older than the rest.
		if ((shown.get(thing) ?? revision) !== revision) return null;
		shown.set(thing, revision);
	}
	return shown.has(SITE) ? shown : null;
}

/** A query about at most so many things; ids are of one kind only, whichever it is. */
function revisionsOf(size: number) {
	const list = listOf(size);
	const query = prepared((read: Read) =>
		read
			.select({ id: sql<string>`${SITE}`.as('id'), revision: site.revision })
			.from(site)
			.unionAll(
				read
					.select({ id: articles.id, revision: articles.revision })
					.from(articles)
					.where(list.has(articles.id))
			)
			.unionAll(
				read
					.select({ id: accounts.id, revision: accounts.revision })
					.from(accounts)
					.where(list.has(accounts.id))
			)
			.prepare(`revisions_${size}`)
	);
	return { size, ask: (read: Read, ids: string[]) => query(read).execute(list.values(ids)) };
}

// An article's page shows one thing, a list a page of them; more are asked in several queries.
const SIZES = [1, 8, 40].map(revisionsOf);
const MOST = SIZES[SIZES.length - 1].size;

async function current(read: Read, ids: string[]): Promise<Shown> {
	const shown = new Map<string, number>();
	const rest = ids.length > 0 ? ids : [''];
	for (let from = 0; from < rest.length; from += MOST) {
		const some = rest.slice(from, from + MOST);
		const { ask } = SIZES.find(({ size }) => size >= some.length)!;
		for (const { id, revision } of await ask(read, some)) shown.set(id, revision);
	}
	return shown;
}

const SINCE = sql.param(sql.placeholder('since'), articles.commentingUntil);
const dueAfter = prepared((read: Read) =>
	read
		.select({ at: articles.commentingUntil })
		.from(articles)
		.where(and(isNotNull(articles.commentingUntil), gt(articles.commentingUntil, SINCE)))
		.orderBy(asc(articles.commentingUntil))
		.limit(1)
		.prepare('next_due')
);

interface Asked {
	shown: Shown;
	resolve: (holds: boolean) => void;
	reject: (reason: unknown) => void;
}

/**
 * Says whether what pages show is still as it was. Where that is not known, the database is asked: one question
 * is on its way at a time, and the next is for all who asked meanwhile, so that every answer is younger than its
 * question, on any number of processes, and a thousand readers a second cost no more than a few do.
 */
export class Revisions {
	#db: Database;
	#waiting: Asked[] = [];
	#isAsking = false;
	#lastDue: { at: Date | null; since: Date; version: number | null } = {
		...{ at: null, since: new Date(0), version: null }
	};

	constructor(db: Database) {
		this.#db = db;
	}

	/** What is shown from now on shows this as well: another server's revisions are of another past. */
	history(): [thing: string, revision: number] {
		return [HISTORY, this.#db.history()];
	}

	/** Whether all of this still has these revisions. @throws what the database throws */
	hold(shown: Shown): Promise<boolean> {
		return new Promise((resolve, reject) => {
			this.#waiting.push({ shown, resolve, reject });
			if (!this.#isAsking) void this.#ask();
		});
	}

	async #ask(): Promise<void> {
		this.#isAsking = true;
		while (this.#waiting.length > 0) {
			const asked = this.#waiting.splice(0);
			try {
				const ids = new Set(asked.flatMap(({ shown }) => [...shown.keys()]));
				for (const one of [SITE, HISTORY]) ids.delete(one);
				const read = await current(this.#db.read, [...ids]);
				// Whoever answered was met before.
				const now = new Map([...read, this.history()]);
				for (const { shown, resolve } of asked) {
					resolve([...shown].every(([id, revision]) => now.get(id) === revision));
				}
			} catch (error) {
				for (const { reject } of asked) reject(error);
			}
			// Those who are answered go on first, and may ask again.
			if (this.#waiting.length > 0) await setImmediate();
		}
		this.#isAsking = false;
	}

	/**
	 * A number that is another one after every change that is known of; null where nothing is known without
	 * asking. @throws what the database throws
	 */
	version(): number | null {
		const { hearing } = this.#db;
		return hearing ? hearing.version() : this.#db.version();
	}

	/** As `version`, where half a millisecond does no harm (`Database`). @throws what the database throws */
	recentVersion(): number | null {
		const { hearing } = this.#db;
		return hearing ? hearing.version() : this.#db.recentVersion();
	}

	/** Whether the version is the database's own, and does not follow it by what news takes to arrive. */
	get isExact(): boolean {
		return this.#db.hearing === null;
	}

	/** Whether all of this is known to be as it was at an earlier version. */
	stand(shown: Shown, since: number): boolean {
		return this.#db.hearing?.stands(shown, since) ?? false;
	}

	/**
	 * When the next comment state that was set for a time gives way, of those that had not at a time: the
	 * pages that were made before show what holds no more, without anybody writing. Null for none.
	 */
	async nextDue(since: Date): Promise<Date | null> {
		const version = this.isExact ? this.version() : null;
		const last = this.#lastDue;
		const isSo = last.at === null || last.at > since;
		if (version !== null && version === last.version && since >= last.since && isSo) return last.at;
		const [row] = await dueAfter(this.#db.read).execute({ since });
		const at = row?.at ?? null;
		this.#lastDue = { at, since, version };
		return at;
	}
}
