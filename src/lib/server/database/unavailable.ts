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

/** PostgreSQL is not there, is ending or starting, or has no connection left. */
const CONNECTION = [
	...['57P01', '57P02', '57P03', '53300', '08006', '08001', '08003'],
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

/**
 * What a caller is told about a write that the database could not do: a refusal with status 503 for
 * what may pass, with a line in the operator's log; any other error as it is.
 */
export function explain(error: unknown): unknown {
	const has = (states: string[]) => states.find((state) => hasSqlState(error, state));
	if (hasMoved(error)) {
		log('error', 'database.moved', { words: `${MOVED_WORDS} Start the server on that one.` });
		return refusal('moved', 'The site is moving, so that nothing can be saved');
	}
	if (has(BUSY)) return refusal('busy', 'The database is busy');
	const fault = has(STORAGE) ?? has(CONNECTION) ?? (isLost(error) ? 'connection-lost' : undefined);
	if (fault === undefined) return error;
	log('error', 'database.unavailable', { code: fault });
	return refusal('unavailable', 'Nothing can be saved');
}
