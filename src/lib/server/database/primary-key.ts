import type BetterSqlite from 'better-sqlite3';

/** The names of the columns of a table's primary key, in its order; none for a table that there is not. */
export function primaryKeyOf(connection: BetterSqlite.Database, table: string): string[] {
	const columns = connection.pragma(`table_info("${table}")`) as { name: string; pk: number }[];
	const key = columns.filter(({ pk }) => pk > 0).toSorted((one, other) => one.pk - other.pk);
	return key.map(({ name }) => name);
}
