import { inArray, sql, type Column, type SQL } from 'drizzle-orm';
import { chunks } from '../chunks.ts';

/**
 * A list of a fixed number of placeholders, so that a query about several values can be prepared.
 * @param size how many values it can hold.
 */
export function listOf(size: number) {
	const names = Array.from({ length: size }, (_, n) => `item${n}`);
	return {
		size,
		/** The condition that a column is one of the values. */
		has(column: Column): SQL {
			return inArray(
				column,
				names.map((name) => sql.placeholder(name))
			);
		},
		/** The values, 1 to `size`, for `execute`: a shorter list says its last one again. */
		values(items: string[]): Record<string, string> {
			return Object.fromEntries(
				names.map((name, n) => [name, items[n] ?? items[items.length - 1]])
			);
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
