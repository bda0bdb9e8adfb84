import { and, asc, eq, getTableColumns } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Read } from '../../database/database.ts';
import { isAfter } from '../../transfer/pages.ts';

const AT_ONCE = 200;

type Row = Record<string, unknown>;

/** What one table knows about an account. */
export interface Section {
	/** Under which it stands in the file. */
	name: string;
	table: PgTable;
	/** The column that says whose a row is. */
	owner: PgColumn;
	/** The columns in which an owner's rows differ, by which they follow each other. */
	key: PgColumn[];
	/** What is said of some rows, in their order. */
	show(rows: Row[], db: Read): object[] | Promise<object[]>;
}

/** A section, with rows of the table's own type. */
export function section<Table extends PgTable>(
	name: string,
	table: Table,
	{ owner, key }: Pick<Section, 'owner' | 'key'>,
	show: (rows: Table['$inferSelect'][], db: Read) => object[] | Promise<object[]>
): Section {
	return { name, table, owner, key, show: (rows, db) => show(rows as never, db) };
}

/** What a section says about an account, page by page, so that memory holds one page. */
export async function* entries(
	db: Read,
	{ table, owner, key, show }: Section,
	accountId: string
): AsyncGenerator<object> {
	const own = Object.entries(getTableColumns(table));
	const names = key.map((column) => own.find(([, one]) => one === column)![0]);
	for (let last: Row | undefined; ;) {
		const after =
			last &&
			isAfter(
				key,
				names.map((name) => last![name])
			);
		const rows: Row[] = await db
			.select()
			.from(table)
			.where(and(eq(owner, accountId), after))
			.orderBy(...key.map((column) => asc(column)))
			.limit(AT_ONCE);
		yield* await show(rows, db);
		if (rows.length < AT_ONCE) return;
		last = rows.at(-1);
	}
}
