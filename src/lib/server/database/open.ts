import { dialectOf } from './addresses.ts';
import { dialect } from './columns.ts';
import type { Database } from './database.ts';
import { openPostgres, type PostgresOptions } from './postgres.ts';
import { openSqlite } from './sqlite.ts';

/** @throws {Error} when a URL is of the other dialect than the one this process speaks */
export function assertSpoken(url: string): void {
	if (dialectOf(url) !== dialect) {
		throw new Error(`This process speaks ${dialect}: set DATABASE_URL before it starts.`);
	}
}

/**
 * Opens the database of a URL.
 * @param more.replicaUrls of a PostgreSQL: servers that repeat what it writes, for `reader`.
 * @param more.listenUrl the same PostgreSQL, reached so that what it notifies of arrives.
 * @throws {Error} as `assertSpoken`.
 */
export async function open(url: string, more: PostgresOptions = {}): Promise<Database> {
	assertSpoken(url);
	return dialect === 'postgres' ? openPostgres(url, more) : openSqlite(url);
}
