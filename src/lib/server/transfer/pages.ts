import { asc, sql, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Read } from '../database/database.ts';

const AT_ONCE = 500;

/** The condition that a row comes after another in the order of a key. */
export function isAfter(columns: PgColumn[], values: unknown[]): SQL {
	const list = (parts: unknown[]) =>
		sql.join(
			parts.map((part) => sql`${part}`),
			sql`, `
		);
	return sql`(${list(columns)}) > (${list(values)})`;
}

/**
 * All rows of a table in the order of a key that is an index, page by page: memory for one page, and
 * each page is found without passing those before it.
 */
export async function* rowsByKey<Table extends PgTable, Row extends Table['$inferSelect']>(
	db: Read,
	table: Table,
	key: (keyof Row & string)[],
	atOnce = AT_ONCE
): AsyncGenerator<Row> {
	const columns = key.map((name) => (table as unknown as Record<string, PgColumn>)[name]);
	let after: SQL | undefined;
	for (;;) {
		const rows = (await db
			.select()
			.from(table as PgTable)
			.where(after)
			.orderBy(...columns.map((column) => asc(column)))
			.limit(atOnce)) as Row[];
		yield* rows;
		const last = rows.at(-1);
		if (!last || rows.length < atOnce) return;
		after = isAfter(
			columns,
			key.map((name) => last[name])
		);
	}
}
