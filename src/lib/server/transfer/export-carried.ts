import type { Read } from '../database/database.ts';
import { CARRIED, columnsOf, type CarriedType } from './carried.ts';
import type { ExportedRecord } from './export.ts';
import { rowsByKey } from './pages.ts';

/** Every row of a table that is carried column by column. */
export async function* exportCarried(db: Read, type: CarriedType): AsyncGenerator<ExportedRecord> {
	const { table, key } = CARRIED[type];
	const columns = columnsOf(CARRIED[type]);
	for await (const row of rowsByKey(db, table, [...key] as never[])) {
		const values = row as Record<string, unknown>;
		const fields = columns.map(([column, field]) => [field, values[column]] as const);
		const id = key.map((column) => values[column]).join('/');
		yield { type, ...Object.fromEntries(fields), id };
	}
}
