import BetterSqlite from 'better-sqlite3';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { isDamage } from './examine.ts';

/** The database is in use: the server runs, or a command does. */
export class InUse extends Error {
	constructor() {
		super(
			'The database is in use. Stop the server, and whatever else has it open, and try again. Nothing was changed.'
		);
		this.name = 'InUse';
	}
}

// Whoever looks at the file for a moment is waited for; a server is not.
const MOMENT_MS = 500;
const LOCKS = '/proc/locks';

/** Whether the system knows of locks on a file, for a file that SQLite itself cannot open any more. */
function isLocked(path: string): boolean {
	if (!existsSync(LOCKS)) return false;
	const { ino } = statSync(path);
	return readFileSync(LOCKS, 'utf8')
		.split('\n')
		.some((line) => line.includes(`:${ino} `));
}

/** A SQLite file that nobody else has open. */
export interface Alone {
	/** Whether all that was written is in the file itself, so that it needs none beside it. */
	isSettled: boolean;
	/** Gives it back. */
	release(): void;
}

/** Takes the file; its log is worked in if it is to need none any more. */
function take(connection: BetterSqlite.Database, settle: boolean): void {
	connection.pragma('locking_mode = EXCLUSIVE');
	connection.exec('BEGIN EXCLUSIVE');
	if (!settle) return;
	connection.exec('ROLLBACK');
	connection.pragma('journal_mode = DELETE');
	connection.exec('BEGIN EXCLUSIVE');
}

/**
 * Takes a SQLite file for ourselves: every process that has it open holds a lock on it, which the system
 * takes back when that process ends, however it ends.
 * @param settle false leaves the file as it is, for a first look.
 * @throws {InUse} when somebody has it open.
 */
export function takeAlone(path: string, settle: boolean): Alone {
	const connection = new BetterSqlite(path, { timeout: MOMENT_MS, fileMustExist: true });
	try {
		take(connection, settle);
		return { isSettled: settle, release: () => connection.close() };
	} catch (error) {
		connection.close();
		const { code } = error as { code?: string };
		if (code?.startsWith('SQLITE_BUSY') === true) throw new InUse();
		if (!isDamage(error)) throw error;
		// What SQLite itself cannot open any more may be replaced all the more.
		if (isLocked(path)) throw new InUse();
		return { isSettled: false, release: () => {} };
	}
}
