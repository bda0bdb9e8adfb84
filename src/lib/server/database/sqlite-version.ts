import type BetterSqlite from 'better-sqlite3';
import { openSync, readSync } from 'node:fs';

// What a look costs is a twelfth of what sending a kept page does, and hardly anything shared by all of this time.
const RECENT_MS = 0.5;

// The first of its two copies: SQLite writes it last of all that makes a commit, and readers go by it.
const HEADER_BYTES = 48;

/** By the header of the index of the write-ahead log (https://sqlite.org/walformat.html). */
function byIndex(file: number): () => number {
	let last = Buffer.alloc(HEADER_BYTES);
	let header = Buffer.alloc(HEADER_BYTES);
	let version = 0;
	return () => {
		readSync(file, header, 0, HEADER_BYTES, 0);
		if (header.equals(last)) return version;
		[last, header] = [header, last];
		return ++version;
	};
}

function begin(reader: BetterSqlite.Database, path: string): () => number | null {
	const pragma = reader.prepare<[], number>('PRAGMA data_version').pluck();
	// Opens the log, so that its index is there; the reader keeps it there.
	pragma.get();
	try {
		// Never closed: closing any descriptor of a file takes the process's locks on it away, and SQLite's
		// own are among them (https://sqlite.org/howtocorrupt.html, 2.2). It ends with the process.
		return byIndex(openSync(`${path}-shm`, 'r'));
	} catch {
		// A database without such a file.
		return () => pragma.get() ?? null;
	}
}

/**
 * Tells a number that is another one after every commit of any connection of any process. Every page
 * that is sent from memory asks for it, so it takes none of the locks that `PRAGMA data_version` takes,
 * which cost as much as a fifth of sending a page.
 */
export function watchVersion(reader: BetterSqlite.Database, path: string): () => number | null {
	let look: (() => number | null) | null = null;
	return () => (reader.open ? (look ??= begin(reader, path))() : null);
}

/** The same number as it was half a millisecond ago, or after the last of our own commits: see `Database`. */
export function recently(version: () => number | null, commits: () => number): () => number | null {
	let seen: number | null = null;
	let committed = -1;
	let until = 0;
	return () => {
		const at = performance.now();
		const ours = commits();
		if (at < until && committed === ours) return seen;
		seen = version();
		committed = ours;
		until = at + RECENT_MS;
		return seen;
	};
}

/**
 * The same number, looked up once for all that is done before the event loop goes on to something else, and again after
 * each of our own commits: a page asks for it five times, and nobody who is waited for could have asked in between.
 */
export function onceATurn(
	version: () => number | null,
	commits: () => number
): () => number | null {
	let seen: number | null = null;
	let committed = -1;
	let isOfThisTurn = false;
	const end = () => {
		isOfThisTurn = false;
	};
	return () => {
		const ours = commits();
		if (isOfThisTurn && committed === ours) return seen;
		seen = version();
		committed = ours;
		if (!isOfThisTurn) {
			isOfThisTurn = true;
			// After all promises that are kept by now, and before anything else that arrived is looked at.
			process.nextTick(end);
		}
		return seen;
	};
}
