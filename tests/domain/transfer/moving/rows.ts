import BetterSqlite from 'better-sqlite3';
import { getTableColumns, getTableName, is, Table } from 'drizzle-orm';
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Client } from 'pg';
import { CheckedJson, CheckedText } from '#lib/server/database/checked-columns.ts';
import { checked, withChecksum } from '#lib/server/database/checksum.ts';
import * as schema from '#lib/server/database/schema.ts';

type Value = string | number | null;

const ROWS = 3;
// What is easily lost: direction, case that folds oddly, quotes, escapes, characters of two units, emptiness.
const TEXTS = ['Íŝ \u202b"quoted" \\n \\u0041\n\ttab', '👩‍👧 İi ßẞ ǅ é é \u{10ffff}', ''];
const INTEGERS = [2_147_483_647, -2_147_483_648, 0];
const TIMES = [0, -1, 253_402_300_800_001];
const JSON_TEXTS = [
	'{"b":[1,2.50,1e21],"a":{"z":null,"y":true},"":"","é":"\\ud83d\\ude00 \\\\u0000"}',
	'[]',
	'"a text"'
];

/** Every table of the schema. */
export function tables(): SQLiteTable[] {
	const all: unknown[] = Object.values(schema);
	return all.filter((table) => is(table, Table)) as unknown as SQLiteTable[];
}

function valueOf(
	table: SQLiteTable,
	column: ReturnType<typeof getTableConfig>['columns'][number],
	n: number
): Value {
	const { name, dataType } = column;
	const { foreignKeys, primaryKeys } = getTableConfig(table);
	const isOf = (columns: { name: string }[]) => columns.some((one) => one.name === name);
	const isKey = column.primary || primaryKeys.some(({ columns }) => isOf(columns));
	const referred = foreignKeys.map((key) => key.reference()).find(({ columns }) => isOf(columns));
	if (!column.notNull && !isKey && n === 1) return null;
	// Later rows are referred to as well as earlier ones.
	if (referred) return `${getTableName(referred.foreignTable)}.id ${(n + 1) % ROWS} ä"\\`;
	if (dataType === 'number') return isKey ? n : INTEGERS[n];
	if (dataType === 'boolean') return n % 2;
	if (dataType === 'date') return TIMES[n];
	if (column instanceof CheckedJson && n === 0) return withChecksum(JSON_TEXTS[n]);
	if (column instanceof CheckedText && n === 0) return withChecksum(TEXTS[n]);
	if (dataType === 'json') return JSON_TEXTS[n];
	const isPlain = isKey || name.endsWith('key') || name.endsWith('hash') || column.isUnique;
	return isPlain || name.endsWith('skeleton') || name.endsWith('slug') || name === 'account_id'
		? `${getTableName(table)}.${column.primary ? 'id' : name} ${n} ä"\\`
		: TEXTS[n];
}

/** Fills every table of a SQLite file with rows of all kinds. */
export function fillAll(path: string): void {
	const file = new BetterSqlite(path);
	file.pragma('foreign_keys = off');
	for (const table of tables()) {
		const { name, columns } = getTableConfig(table);
		const names = columns.map((column) => `"${column.name}"`).join(', ');
		const marks = columns.map(() => '?').join(', ');
		const insert = file.prepare(`insert into "${name}" (${names}) values (${marks})`);
		for (let n = 0; n < ROWS; n++) insert.run(columns.map((column) => valueOf(table, column, n)));
	}
	const broken = file.pragma('foreign_key_check') as unknown[];
	file.close();
	if (broken.length > 0)
		throw new Error(`Rows without those they refer to: ${JSON.stringify(broken)}`);
}

function shown(kind: string, value: unknown): unknown {
	if (value === null) return null;
	if (kind === 'boolean') return Boolean(value);
	if (kind === 'date') return value instanceof Date ? value.getTime() : value;
	if (kind === 'json' && typeof value === 'string') return JSON.parse(value);
	return typeof value === 'string' ? checked(value) : value;
}

type Rows = Record<string, Record<string, unknown>[]>;

function compared(rows: Record<string, unknown>[], table: SQLiteTable) {
	const columns = Object.values(getTableColumns(table));
	const values = rows.map((row) =>
		Object.fromEntries(columns.map(({ name, dataType }) => [name, shown(dataType, row[name])]))
	);
	return values.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}

/** Everything in a SQLite file. */
export function inFile(path: string): Rows {
	const file = new BetterSqlite(path, { readonly: true });
	const all = tables().map((table) => {
		const name = getTableName(table);
		return [name, compared(file.prepare(`select * from "${name}"`).all() as never, table)] as const;
	});
	file.close();
	return Object.fromEntries(all);
}

/** Everything in a PostgreSQL database. */
export async function inPostgres(client: Client): Promise<Rows> {
	const all: Rows = {};
	for (const table of tables()) {
		const name = getTableName(table);
		const columns = Object.values(getTableColumns(table));
		// As text: the driver would make objects of JSON, and of a text in it the text.
		const list = columns.map((column) =>
			column.dataType === 'json' ? `"${column.name}"::text` : `"${column.name}"`
		);
		const { rows } = await client.query<Record<string, unknown>>(
			`select ${list.join(', ')} from "${name}"`
		);
		all[name] = compared(rows, table);
	}
	return all;
}
