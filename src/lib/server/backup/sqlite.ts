import BetterSqlite from 'better-sqlite3';
import { rmSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { connectSqlite } from '../database/sqlite.ts';
import { BadBackup } from './bad-backup.ts';
import { contentsOf, examine, type Contents } from './examine.ts';
import { flush, makeEmpty } from './files.ts';
import { seal } from './seal.ts';

// 16 MB of ordinary pages; between two such steps whoever wants to end us can.
const PAGES_AT_ONCE = 4096;

/** One moment of the database, page by page: a copy that keeps even the numbers of rows. */
async function copyPages(source: string, target: string): Promise<Contents> {
	const connection = connectSqlite(source, true);
	try {
		// Held open, so that what is written meanwhile neither gets in nor starts the copy anew.
		connection.exec('BEGIN');
		const contents = contentsOf(connection);
		await connection.backup(target, { progress: () => PAGES_AT_ONCE });
		return contents;
	} finally {
		connection.close();
	}
}

/** Makes a copied file one that needs none beside it, and can be read where nothing can be written. */
function endWal(path: string): void {
	const connection = new BetterSqlite(path);
	try {
		connection.pragma('journal_mode = DELETE');
	} finally {
		connection.close();
	}
}

function isSame(one: Contents, other: Contents): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}

/** Removes a database file and those beside it. */
export function removeDatabase(path: string): void {
	for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(path + ending, { force: true });
}

/**
 * Copies a SQLite database as it is at this moment, while others write to it, to a file that is not there
 * yet; the copy is looked through and sealed.
 * @throws {BadBackup} when the copy is not sound, which means that the database is not.
 */
export async function copyDatabase(source: string, target: string): Promise<Contents> {
	await makeEmpty(target);
	const contents = await copyPages(source, target);
	endWal(target);
	await setImmediate();
	if (!isSame(contents, await examine(target))) {
		throw new BadBackup('The copy does not hold what the database holds.');
	}
	await seal(target);
	await flush(target);
	return contents;
}
