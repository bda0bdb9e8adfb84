import BetterSqlite from 'better-sqlite3';
import { closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { config } from '../config.ts';
import { gauges } from '../monitoring/meter.ts';
import type { Database, Read, Tx } from './database.ts';
import { pastOf } from './past.ts';
import { drizzleOn } from './sqlite-plans.ts';
import { onceATurn, recently, watchVersion } from './sqlite-version.ts';
import { WriteQueue } from './write-queue.ts';

// Another process may be opening the file at the same moment, and nothing else goes on here yet.
const OPENING_TIMEOUT_MS = 5_000;
// SQLite's own wait stops the event loop, so it is short for the reader, whom hardly anything keeps
// waiting, and none for the writer, whose queue waits by timer.
const READER_TIMEOUT_MS = 20;
const WRITER_TIMEOUT_MS = 0;
const KIB = 1024;

/** The path of a `file:` URL, as given: relative paths are relative to the working directory. */
export function sqlitePath(url: string): string {
	return url.replace(/^file:(\/\/(?=\/))?/, '');
}

/** SQLite gives the files beside it the rights of the first. */
function makeFile(path: string): void {
	mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
	// An empty database in its place would throw away what the log holds.
	if (!existsSync(path) && (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) {
		throw new Error(
			`The database ${path} is not there, but the log beside it is (${path}-wal): put the file back, or restore a backup.`
		);
	}
	if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
}

function numberOf(path: string): number | undefined {
	return statSync(path, { throwIfNoEntry: false })?.ino;
}

/** Opens a file and takes the lock that every connection holds while it is open. */
function openFile(path: string, readonly: boolean): BetterSqlite.Database {
	for (;;) {
		const number = numberOf(path);
		const connection = new BetterSqlite(path, { readonly, timeout: OPENING_TIMEOUT_MS });
		try {
			connection.pragma(readonly ? 'schema_version' : 'journal_mode = WAL');
			// A restore may have put another file there while we waited for the lock of the old one.
			if (numberOf(path) === number) return connection;
			connection.close();
		} catch (error) {
			connection.close();
			throw error;
		}
	}
}

/** Opens a connection with the settings that every connection needs; it waits long for a lock. */
export function connectSqlite(path: string, readonly = false): BetterSqlite.Database {
	if (!readonly) makeFile(path);
	const connection = openFile(path, readonly);
	// A reopened WAL file starts at NORMAL, where a power cut loses acknowledged comments.
	connection.pragma('synchronous = FULL');
	connection.pragma('foreign_keys = ON');
	connection.pragma('trusted_schema = OFF');
	connection.pragma(`cache_size = -${Math.floor(config().sqliteCacheBytes / KIB)}`);
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
	// What a savepoint needs to be undone would go into a file, at once and by the page.
	writer.pragma('temp_store = MEMORY');
	writer.pragma(`busy_timeout = ${WRITER_TIMEOUT_MS}`);
	reader.pragma(`busy_timeout = ${READER_TIMEOUT_MS}`);
	const queue = new WriteQueue(writer, drizzleOn(writer) as unknown as Tx);
	const read = drizzleOn(reader) as unknown as Read;
	const look = watchVersion(reader, path);
	const commits = () => queue.commits;
	gauges().writeQueue = () => queue.length;
	// It stays the same file while it is open; what is restored is another one.
	const { ino, birthtimeNs } = statSync(path, { bigint: true });
	const history = pastOf(ino, birthtimeNs);
	return {
		read,
		reader: () => Promise.resolve(read),
		write: (work) => queue.add(work),
		version: onceATurn(look, commits),
		// Not of the turn's: a long one would make it as late as that is long.
		recentVersion: recently(look, commits),
		history: () => history,
		hearing: null,
		async close() {
			await queue.drained();
			if (!writer.open) return;
			reader.close();
			writer.pragma('wal_checkpoint(TRUNCATE)');
			writer.close();
		}
	};
}
