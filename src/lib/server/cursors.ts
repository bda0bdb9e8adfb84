import { isId } from './ids.ts';
import { Refusal } from './refusal.ts';

/** A place in a list, as a text for an address. */
export function encodeCursor(parts: readonly (string | number)[]): string {
	return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

const LONGEST = 200;

/**
 * Reads a cursor made by `encodeCursor`.
 * @param check says whether the parts are of the right kinds.
 * @throws {Refusal} 400 when it is not a cursor of this list.
 */
export function decodeCursor<T extends readonly (string | number)[]>(
	cursor: string,
	check: (parts: unknown[]) => parts is [...T]
): T {
	try {
		if (cursor.length <= LONGEST) {
			const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
			if (Array.isArray(parts) && check(parts)) return parts as unknown as T;
		}
	} catch {
		// Not JSON: answered below like any other malformed cursor.
	}
	throw new Refusal(400, 'bad-cursor', 'This page address is damaged: start from the first page.');
}

// A cursor comes from outside: PostgreSQL refuses to compare a column with what it cannot hold.
const HIGHEST_NUMBER = 2 ** 31 - 1;
const FIRST_TIME = Date.parse('0001-01-01');
const LAST_TIME = Date.parse('9999-12-31');

/** Whether a part of a cursor is a number that an integer column can hold. */
export function isWholeNumber(part: unknown): part is number {
	return Number.isInteger(part) && Math.abs(part as number) <= HIGHEST_NUMBER;
}

/** Whether a part of a cursor is a time, in Unix milliseconds, that a time column can hold. */
export function isTime(part: unknown): part is number {
	return Number.isInteger(part) && (part as number) >= FIRST_TIME && (part as number) <= LAST_TIME;
}

/** Cuts the extra row off a list that was asked for one more than `limit`. */
export function takePage<T>(rows: T[], limit: number): { items: T[]; more: boolean } {
	return { items: rows.slice(0, limit), more: rows.length > limit };
}

/**
 * Where a page of a list in the order of ids begins; undefined for the first.
 * @throws {Refusal} 400 when it is not a cursor of such a list.
 */
export function idOf(cursor: string | null | undefined): string | undefined {
	if (!cursor) return undefined;
	return decodeCursor<[string]>(cursor, (parts): parts is [string] => isId(parts[0]))[0];
}

/** A page of a list in the order of ids, of rows that were asked for one more than `limit`. */
export function idPage<T extends { id: string }>(
	rows: T[],
	limit: number
): { items: T[]; next: string | null } {
	const { items, more } = takePage(rows, limit);
	return { items, next: more ? encodeCursor([items[items.length - 1].id]) : null };
}
