import { inArray, sql, type Column, type SQL } from 'drizzle-orm';
import { chunks } from '../chunks.ts';

/**
 * A list of a fixed number of placeholders, so that a query about several values can be prepared.
 * @param size how many values it can hold.
 * @param name what its placeholders are called, beside another list's in one query.
 */
export function listOf(size: number, name = 'item') {
	const names = Array.from({ length: size }, (_, n) => `${name}${n}`);
	return {
		size,
		/** The condition that a column is one of the values. */
		has(column: Column): SQL {
			return inArray(
				column,
				names.map((name) => sql.placeholder(name))
			);
		},
		/** The values, at most `size`, for `execute`: a shorter list says its last one again, an empty one ''. */
		values(items: string[]): Record<string, string> {
			const values: Record<string, string> = {};
			const rest = items.at(-1) ?? '';
			for (const [n, name] of names.entries()) values[name] = items[n] ?? rest;
			return values;
		},
		/** Asks about any number of values, so many at once. */
		async all<Row>(
			items: string[],
			ask: (values: Record<string, string>) => Promise<Row[]>
		): Promise<Row[]> {
			const parts = chunks(items, size).map((part) => ask(this.values(part)));
			return (await Promise.all(parts)).flat();
		}
	};
}
