import { getTableColumns, getTableName, is, Table, type Column } from 'drizzle-orm';
import * as schema from './schema.ts';

/** Every table of the schema by its name in the database, with its columns. */
export function schemaTables(): { name: string; columns: Column[] }[] {
	const tables: unknown[] = Object.values(schema);
	return tables
		.filter((table) => is(table, Table))
		.map((table) => ({
			name: getTableName(table),
			columns: Object.values(getTableColumns(table))
		}));
}
