import { log } from '../log.ts';
import { Refusal } from '../refusal.ts';
import { hasSqlState } from './errors.ts';
import { MOVED_WORDS } from './moved.ts';

const RETRY_AFTER_S = 5;

/** SQLite: another connection has held the lock for longer than anybody should wait. */
const BUSY = ['SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT', 'SQLITE_BUSY_RECOVERY'];

/** The disk is full, broken or read-only; PostgreSQL's are those of SQLSTATE class 53. */
const STORAGE = [
	...['SQLITE_FULL', 'SQLITE_READONLY', 'SQLITE_CANTOPEN', 'SQLITE_IOERR_WRITE'],
	...['SQLITE_IOERR', 'SQLITE_IOERR_FSYNC', '53100', '53200']
];

/** What is on the disk is not what was written: nothing of it may be shown. */
const DAMAGE = [
	...['SQLITE_CORRUPT', 'SQLITE_CORRUPT_INDEX', 'SQLITE_CORRUPT_VTAB', 'SQLITE_NOTADB'],
	...['SQLITE_IOERR_READ', 'SQLITE_IOERR_SHORT_READ', 'CHECKSUM', 'XX001', 'XX002']
];

/** PostgreSQL is not there, is ending or starting, only follows another one, or has no connection left. */
const CONNECTION = [
	...['57P01', '57P02', '57P03', '53300', '08006', '08001', '08003', '25006'],
	...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']
];
// Some of what the driver throws has no code.
const LOST = /Connection terminated|not queryable|timeout exceeded when trying to connect/;

function isLost(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	return LOST.test(error.message) || isLost(error.cause);
}

/** The file was left for another database while this process was running. */
function hasMoved(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	return error.message === MOVED_WORDS || hasMoved(error.cause);
}

function refusal(code: string, why: string): Refusal {
	const words = `${why} just now. Your words are still here: please try again in a moment.`;
	return new Refusal(503, code, words, { retryAfter: RETRY_AFTER_S });
}

/** Tells the operator of a fault of the database, if that is what an error is. */
function noted(error: unknown): boolean {
	const has = (states: string[]) => states.find((state) => hasSqlState(error, state));
	const damage = has(DAMAGE);
	const fault = has(STORAGE) ?? has(CONNECTION) ?? (isLost(error) ? 'connection-lost' : undefined);
	if (damage !== undefined) log('error', 'database.damaged', { code: damage });
	else if (fault !== undefined) log('error', 'database.unavailable', { code: fault });
	return damage !== undefined || fault !== undefined;
}

function isBusy(error: unknown): boolean {
	return BUSY.some((state) => hasSqlState(error, state));
}

/**
 * What a caller is told about a write that the database could not do: a refusal with status 503 for
 * what may pass, with a line in the operator's log; any other error as it is.
 */
export function explain(error: unknown): unknown {
	if (hasMoved(error)) {
		log('error', 'database.moved', { words: `${MOVED_WORDS} Start the server on that one.` });
		return refusal('moved', 'The site is moving, so that nothing can be saved');
	}
	if (isBusy(error)) return refusal('busy', 'The database is busy');
	return noted(error) ? refusal('unavailable', 'Nothing can be saved') : error;
}

/** The refusal for whoever reads what the database cannot give; null when something else went wrong. */
export function unreadable(error: unknown): Refusal | null {
	if (!isBusy(error) && !noted(error)) return null;
	const words = 'This cannot be shown just now. Please try again in a moment.';
	return new Refusal(503, 'unavailable', words, { retryAfter: RETRY_AFTER_S });
}
