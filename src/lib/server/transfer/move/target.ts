import { escapeIdentifier, type Client } from 'pg';
import { MARK, OWN_TABLES } from '../../database/moved.ts';
import { OLDEST_POSTGRES } from '../../database/postgres.ts';
import type { Column, Kind, MovedTable } from './tables.ts';
import { fromPostgres, type Row, type Value } from './values.ts';

// Any number that nothing else in the database locks by.
const MOVE_LOCK = 7_236_012;
const ROWS_AT_ONCE = 1000;
const DAY_MS = 86_400_000;

interface Facts {
	version: string;
	encoding: string;
	replica: boolean;
	may_create: boolean;
	locked: boolean;
}

/**
 * Asserts that a site can be moved into this database: its version, its text, and that nothing else
 * is in it; and that no other move goes there. @throws {Error} in words for the operator.
 */
export async function assertFit(target: Client, tables: MovedTable[]): Promise<void> {
	const { rows } = await target.query<Facts>(
		`select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding,
			pg_is_in_recovery() as replica, pg_try_advisory_lock($1) as locked,
			has_schema_privilege(current_schema(), 'create')
				and has_database_privilege(current_database(), 'create') as may_create`,
		[MOVE_LOCK]
	);
	const { version, encoding, replica, may_create: mayCreate, locked } = rows[0];
	const major = Math.floor(Number(version) / 10_000);
	if (major < OLDEST_POSTGRES) {
		throw new Error(
			`The target is PostgreSQL ${major}; Afterword needs ${OLDEST_POSTGRES} or later.`
		);
	}
	if (encoding !== 'UTF8') {
		throw new Error(`The target keeps text as ${encoding}: make a database with encoding UTF8.`);
	}
	if (replica) throw new Error('The target is a replica, which only follows another server.');
	if (!locked) throw new Error('Another move to this database is under way.');
	if (!mayCreate) {
		throw new Error('This user may make no schema and no tables in the target database.');
	}
	const ours = [...OWN_TABLES, ...tables.map(({ name }) => name)];
	const stranger = (await tableNames(target)).find((name) => !ours.includes(name));
	if (stranger === undefined) return;
	throw new Error(
		`The target is not empty: it has the table ${stranger}. Make a database for Afterword alone.`
	);
}

/** Whether a move to this database was begun and not finished; its id, or null. */
export async function arrivalOf(target: Client): Promise<string | null> {
	const { rows } = await target.query<{ marked: boolean }>(
		'select to_regclass($1) is not null as marked',
		[MARK]
	);
	if (!rows[0].marked) return null;
	const { rows: marks } = await target.query<{ id: string }>(`select id from ${MARK}`);
	return marks.at(0)?.id ?? '';
}

/** Marks the database: whatever is in it is no whole site until `arrived`. */
export async function arriving(target: Client, id: string): Promise<void> {
	await target.query(`drop table if exists ${MARK}`);
	await target.query(`create table ${MARK} (id text not null)`);
	await target.query(`insert into ${MARK} values ($1)`, [id]);
}

/** What arrived until now comes to nothing. */
export async function giveUp(target: Client, tables: MovedTable[]): Promise<void> {
	await target.query('rollback');
	if ((await filled(target, tables)).length === 0) await arrived(target);
}

/** The database holds the whole site. */
export async function arrived(target: Client): Promise<void> {
	await target.query(`drop table ${MARK}`);
}

function named({ name }: { name: string }): string {
	return escapeIdentifier(name);
}

async function tableNames(target: Client): Promise<string[]> {
	const { rows } = await target.query<{ name: string }>(
		'select table_name as name from information_schema.tables where table_schema = current_schema()'
	);
	return rows.map(({ name }) => name);
}

/** Those of the tables that are there and have rows. */
export async function filled(target: Client, tables: MovedTable[]): Promise<string[]> {
	const present = await tableNames(target);
	const names: string[] = [];
	for (const table of tables.filter(({ name }) => present.includes(name))) {
		const { rowCount } = await target.query(`select 1 from ${named(table)} limit 1`);
		if (rowCount) names.push(table.name);
	}
	return names;
}

/**
 * Begins the transaction in which everything arrives: nobody else sees or changes anything meanwhile.
 * @param afresh empties the tables of what an earlier move left.
 */
export async function begin(target: Client, tables: MovedTable[], afresh: boolean): Promise<void> {
	await target.query('begin');
	await target.query("set local time zone 'UTC'");
	for (const timeout of ['statement_timeout', 'idle_in_transaction_session_timeout']) {
		await target.query(`set local ${timeout} = 0`);
	}
	const all = tables.map(named).join(', ');
	await target.query(`lock table ${all} in access exclusive mode`);
	// The log of acts refuses changes; rows that changed while they were copied are written twice.
	for (const table of tables)
		await target.query(`alter table ${named(table)} disable trigger user`);
	if (afresh) await target.query(`truncate ${all}`);
}

/** Ends it, with everything as the schema has it. */
export async function commit(target: Client, tables: MovedTable[]): Promise<void> {
	for (const table of tables) await target.query(`alter table ${named(table)} enable trigger user`);
	const { command } = await target.query('commit');
	if (command === 'ROLLBACK') throw new Error('A statement of the move had failed.');
}

/** How a value travels in JSON, and what makes of it what the column holds. */
const WAYS: Record<
	Kind,
	{ type: string; written(from: string): string; read(from: string): string }
> = {
	text: { type: 'text', written: (from) => from, read: (from) => from },
	words: { type: 'text', written: (from) => from, read: (from) => from },
	integer: { type: 'integer', written: (from) => from, read: (from) => from },
	boolean: { type: 'boolean', written: (from) => from, read: (from) => from },
	time: {
		type: 'bigint',
		// Whole days and the rest: milliseconds alone would go through inexact numbers.
		written: (from) =>
			`'epoch'::timestamptz + make_interval(days => (${from} / ${DAY_MS})::int, secs => (${from} % ${DAY_MS}) / 1000.0)`,
		read: (from) => `(extract(epoch from ${from}) * 1000)::bigint::text`
	},
	json: { type: 'text', written: (from) => `${from}::jsonb`, read: (from) => `${from}::text` }
};

/** Rows as one JSON text, their values by short names. */
function packed(rows: Row[]): string {
	const objects = rows.map((row) => Object.fromEntries(row.map((value, at) => [`c${at}`, value])));
	return JSON.stringify(objects);
}

function unpacked(columns: Column[]): string {
	const fields = columns.map(({ kind }, at) => `c${at} ${WAYS[kind].type}`);
	return `json_to_recordset($1::json) as r(${fields.join(', ')})`;
}

function readable({ columns }: MovedTable): string {
	return columns
		.map((column, at) => `${WAYS[column.kind].read(`t.${named(column)}`)} as c${at}`)
		.join(', ');
}

/** Writes rows. */
export async function insert(target: Client, table: MovedTable, rows: Row[]): Promise<void> {
	if (rows.length === 0) return;
	const { columns } = table;
	const values = columns.map(({ kind }, at) => WAYS[kind].written(`r.c${at}`));
	await target.query(
		`insert into ${named(table)} (${columns.map(named).join(', ')})
			select ${values.join(', ')} from ${unpacked(columns)}`,
		[packed(rows)]
	);
}

function keyColumns({ columns, key }: MovedTable): Column[] {
	return key.map((at) => columns[at]);
}

function isKey(table: MovedTable): string {
	return keyColumns(table)
		.map((column, at) => `t.${named(column)} = r.c${at}`)
		.join(' and ');
}

/** Removes the rows of these keys. @returns how many there were */
export async function remove(target: Client, table: MovedTable, keys: Row[]): Promise<number> {
	const { rowCount } = await target.query(
		`delete from ${named(table)} as t using ${unpacked(keyColumns(table))} where ${isKey(table)}`,
		[packed(keys)]
	);
	return rowCount ?? 0;
}

type Raw = (string | number | boolean | null)[];

function carried({ columns }: MovedTable, raw: Raw): Row {
	return raw.map((value, at): Value => fromPostgres(columns[at], value));
}

/** The rows of these keys, as PostgreSQL has them. */
export async function rowsOf(target: Client, table: MovedTable, keys: Row[]): Promise<Row[]> {
	const { rows } = await target.query<Raw>({
		text: `select ${readable(table)} from ${named(table)} as t join ${unpacked(keyColumns(table))} on ${isKey(table)}`,
		values: [packed(keys)],
		rowMode: 'array'
	});
	return rows.map((row) => carried(table, row));
}

/** All rows of a table in portions, as PostgreSQL has them. */
export async function* portions(target: Client, table: MovedTable): AsyncGenerator<Row[]> {
	await target.query(
		`declare arrived no scroll cursor for select ${readable(table)} from ${named(table)} as t`
	);
	for (;;) {
		const { rows } = await target.query<Raw>({
			text: `fetch ${ROWS_AT_ONCE} from arrived`,
			rowMode: 'array'
		});
		if (rows.length === 0) break;
		yield rows.map((row) => carried(table, row));
	}
	await target.query('close arrived');
}

/** How many rows a table has. */
export async function countOf(target: Client, table: MovedTable): Promise<number> {
	const { rows } = await target.query<{ rows: string }>(
		`select count(*) as rows from ${named(table)}`
	);
	return Number(rows[0].rows);
}
