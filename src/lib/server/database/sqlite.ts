import BetterSqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database, Read, Tx } from './database.ts';
import { WriteQueue } from './write-queue.ts';

// Short, because the wait stops the event loop; the write queue waits longer, by timer.
const BUSY_TIMEOUT_MS = 20;
const CACHE_KIB = 32 * 1024;

/** The path of a `file:` URL, as given: relative paths are relative to the working directory. */
export function sqlitePath(url: string): string {
	return url.replace(/^file:(\/\/(?=\/))?/, '');
}

/** Opens a connection with the settings that every connection needs. */
export function connectSqlite(path: string, readonly = false): BetterSqlite.Database {
	if (!readonly) mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
	const connection = new BetterSqlite(path, { readonly, timeout: BUSY_TIMEOUT_MS });
	if (!readonly) connection.pragma('journal_mode = WAL');
	// A reopened WAL file starts at NORMAL, where a power cut loses acknowledged comments.
	connection.pragma('synchronous = FULL');
	connection.pragma('foreign_keys = ON');
	connection.pragma('trusted_schema = OFF');
	connection.pragma(`cache_size = -${CACHE_KIB}`);
	return connection;
}

/**
 * Opens a SQLite file: one connection that only reads and one that writes, behind a queue.
 * @throws {Error} when the file cannot be opened.
 */
export function openSqlite(url: string): Database {
	const path = sqlitePath(url);
	const writer = connectSqlite(path);
	const reader = connectSqlite(path, true);
	const queue = new WriteQueue(writer, drizzle(writer) as unknown as Tx);
	return {
		read: drizzle(reader) as unknown as Read,
		write: (work) => queue.add(work),
		async close() {
			await queue.drained();
			reader.close();
			writer.pragma('wal_checkpoint(TRUNCATE)');
			writer.close();
		}
	};
}
