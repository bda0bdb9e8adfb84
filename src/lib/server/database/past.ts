import { hash } from 'node:crypto';
import type { Database } from './database.ts';

// So many hexadecimal digits are a number that is exact.
const DIGITS = 12;

/** The number of a past, of what tells it from others: the same in every process. */
export function pastOf(...facts: (string | number | bigint)[]): number {
	return parseInt(hash('sha256', facts.join(' ')).slice(0, DIGITS), 16);
}

/** Reads what is of one past as a whole. @returns it, and which one that is */
export async function ofOnePast<T>(
	db: Pick<Database, 'history'>,
	read: () => Promise<T>
): Promise<{ value: T; history: number }> {
	for (;;) {
		const history = db.history();
		const value = await read();
		// Otherwise another server was met meanwhile, or the first of all.
		if (db.history() === history) return { value, history };
	}
}
