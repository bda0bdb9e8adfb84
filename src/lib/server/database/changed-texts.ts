import type BetterSqlite from 'better-sqlite3';
import { CheckedJson, CheckedText } from './checked-columns.ts';
import { ChecksumError } from './checksum.ts';
import { primaryKeyOf } from './primary-key.ts';
import { schemaTables } from './tables.ts';

type CheckedColumn = CheckedText | CheckedJson;

function isChecked(column: unknown): column is CheckedColumn {
	return column instanceof CheckedText || column instanceof CheckedJson;
}

function isChanged(column: CheckedColumn, value: unknown): boolean {
	try {
		column.mapFromDriverValue(value as string);
		return false;
	} catch (error) {
		if (error instanceof ChecksumError) return true;
		throw error;
	}
}

/**
 * Where text in a SQLite database is not what was written, as the table's name with the row's key, one after the
 * other; reads all that people wrote.
 */
export function* changedTexts(connection: BetterSqlite.Database): Generator<string> {
	for (const table of schemaTables()) {
		const { name } = table;
		const columns = (table.columns as unknown[]).filter(isChecked);
		if (columns.length === 0) continue;
		const key = primaryKeyOf(connection, name);
		// A backup may be of an earlier version, without the table.
		if (key.length === 0) continue;
		const all = [...key, ...columns.map((column) => column.name)];
		const list = all.map((column) => `"${column}"`).join(', ');
		const rows = connection.prepare<[], unknown[]>(`select ${list} from "${name}"`).raw().iterate();
		for (const values of rows) {
			const texts = values.slice(key.length);
			if (texts.some((text, at) => isChanged(columns[at], text))) {
				yield `${name} ${values.slice(0, key.length).join(' ')}`;
			}
		}
	}
}
