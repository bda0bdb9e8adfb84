import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { Hearing } from './hearing.ts';

type Drizzle = PgDatabase<PgQueryResultHKT, Record<string, never>>;

/** What only reads: `select` and its kin. */
export type Read = Pick<Drizzle, 'select' | 'selectDistinct' | '$count'>;

/** One transaction that may write. */
export type Tx = Read & Pick<Drizzle, 'insert' | 'update' | 'delete'>;

/** Registers work for after the commit: mail, live events, anything that is not the database. */
export type AfterCommit = (callback: () => void) => void;

/** The database, as every domain function gets it. */
export interface Database {
	/** Committed data only; never sees a transaction in progress. */
	read: Read;
	/**
	 * What a request that only reads may read from: a replica that has everything that is committed by now, or the
	 * same as `read`. What decides something reads within `write`, or from `read`.
	 */
	reader(): Promise<Read>;
	/**
	 * Runs `work` as one transaction and answers after its commit; nothing but database work belongs inside.
	 * On PostgreSQL `work` may run again after a serialization failure, so it must have no other effects.
	 * @throws what `work` throws, with nothing written; {Refusal} 503 when the database stays busy or cannot write;
	 * {Error} for a `write` within a `write`.
	 */
	write<T>(work: (tx: Tx, afterCommit: AfterCommit) => Promise<T>): Promise<T>;
	/**
	 * A number that is another one after every commit, whoever made it; null where that cannot be told
	 * without asking the server.
	 */
	version(): number | null;
	/**
	 * The same where half a millisecond does no harm: what this process committed it knows at once, and of what
	 * others commit it knows so much later. Null as above, and on PostgreSQL (see `hearing`).
	 */
	recentVersion(): number | null;
	/**
	 * Which past the database has: another number once another server answers than before, or another database, as
	 * one that was restored. What was read until then may never have been there, and a revision that is the same
	 * again need not say the same. It is the same number in every process, and 0 before the database has answered.
	 */
	history(): number;
	/** Hears which revisions rise, of every process; null where nobody listens, as on SQLite. */
	hearing: Hearing | null;
	/** Finishes what is under way, then closes. */
	close(): Promise<void>;
}
