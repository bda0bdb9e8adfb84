import { inArray, sql, type Column, type SQL } from 'drizzle-orm';

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
		}
	};
}
