import type BetterSqlite from 'better-sqlite3';
import { CheckedText } from '../../database/checked-columns.ts';
import { schemaTables } from '../../database/tables.ts';
import { OWN_TABLES } from '../../database/moved.ts';
import { primaryKeyOf } from '../../database/primary-key.ts';

/** What a column holds, on both databases; `words` is text that has a checksum in SQLite. */
export type Kind = 'text' | 'words' | 'integer' | 'boolean' | 'time' | 'json';

/** A column as it is carried. */
export interface Column {
	name: string;
	kind: Kind;
}

/** A table as it is carried. */
export interface MovedTable {
	name: string;
	columns: Column[];
	/** Where its primary key's columns stand among them. */
	key: number[];
}

const KINDS: Record<string, Kind | undefined> = {
	string: 'text',
	number: 'integer',
	boolean: 'boolean',
	date: 'time',
	json: 'json'
};

function kindOf(table: string, column: { name: string; dataType: string }): Kind {
	const { name, dataType } = column;
	const kind = column instanceof CheckedText ? 'words' : KINDS[dataType];
	if (kind) return kind;
	throw new Error(`The column ${name} of ${table} is of a kind that no move knows: ${dataType}.`);
}

/**
 * What a SQLite file's move carries: every table that it has, by the schema.
 * @throws {Error} for a table that the schema does not know, because its rows would be left behind.
 */
export function tablesOf(source: BetterSqlite.Database): MovedTable[] {
	const tables = schemaTables();
	const known = [...OWN_TABLES, ...tables.map(({ name }) => name)];
	const names = source
		.prepare<[], string>(
			"select name from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\'"
		)
		.pluck()
		.all();
	const unknown = names.filter((name) => !known.includes(name));
	if (unknown.length > 0) {
		throw new Error(`The file has tables that a move does not know: ${unknown.join(', ')}.`);
	}
	return tables.map(({ name, columns }) => {
		const key = primaryKeyOf(source, name);
		return {
			name,
			columns: columns.map((column) => ({ name: column.name, kind: kindOf(name, column) })),
			key: key.map((part) => columns.findIndex(({ name }) => name === part))
		};
	});
}
