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

/** Cuts the extra row off a list that was asked for one more than `limit`. */
export function takePage<T>(rows: T[], limit: number): { items: T[]; more: boolean } {
	return { items: rows.slice(0, limit), more: rows.length > limit };
}
