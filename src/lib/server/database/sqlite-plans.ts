import type BetterSqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { BetterSQLiteSession } from 'drizzle-orm/better-sqlite3/session';
import { BaseSQLiteDatabase, SQLiteSyncDialect } from 'drizzle-orm/sqlite-core';
import { prepareWith } from './prepared.ts';

/**
 * Writes each parameter as `+?`, which is the same value. Of a bare `?` the planner may want to know the
 * value (in a `limit`, beside an `order by`), and then SQLite plans the statement anew each time it
 * runs, which takes longer than running it.
 */
class PlanningOnce extends SQLiteSyncDialect {
	override escapeParam(): string {
		return '+?';
	}
}

/** Drizzle on a connection to SQLite; what is prepared on it is planned once. */
export function drizzleOn(connection: BetterSqlite.Database) {
	const db = drizzle(connection);
	const dialect = new PlanningOnce();
	const session = new BetterSQLiteSession(connection, dialect, undefined);
	prepareWith(db, new BaseSQLiteDatabase('sync', dialect, session, undefined));
	return db;
}
