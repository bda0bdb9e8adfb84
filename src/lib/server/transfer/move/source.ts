import type BetterSqlite from 'better-sqlite3';
import type { MovedTable } from './tables.ts';
import { fromSqlite, isMended, keyOf, Uncarried, type Row } from './values.ts';

// Rows that go over at a time; texts are long, so that there is a bound to their length too.
const ROWS_AT_ONCE = 1000;
const CHARACTERS_AT_ONCE = 4_000_000;

/** What PostgreSQL cannot hold as it is. */
export interface Misfit {
	table: string;
	key: string;
	column: string;
	why: string;
}

/** Told of what does not fit; null values stand in for what cannot be carried at all. */
export interface Misfits {
	/** Text that was carried with a sign for what is unreadable in it. */
	mended: Misfit[];
	/** What cannot be carried: the move comes to nothing. */
	uncarried: Misfit[];
}

function columnsOf({ columns }: MovedTable): string {
	return columns.map(({ name }) => `"${name}"`).join(', ');
}

/** Turns rows of SQLite into those that are carried. */
function carry(table: MovedTable, values: unknown[], misfits: Misfits): Row {
	const found: { column: string; why?: string }[] = [];
	const row = table.columns.map((column, at) => {
		try {
			const carried = fromSqlite(column, values[at]);
			if (isMended(column, values[at], carried)) found.push({ column: column.name });
			return carried;
		} catch (error) {
			if (!(error instanceof Uncarried)) throw error;
			found.push({ column: column.name, why: error.message });
			return null;
		}
	});
	for (const { column, why } of found) {
		const misfit = { table: table.name, key: keyOf(table, row), column };
		if (why !== undefined) misfits.uncarried.push({ ...misfit, why });
		else misfits.mended.push({ ...misfit, why: 'held what PostgreSQL cannot' });
	}
	return row;
}

function lengthOf(values: unknown[]): number {
	return values.reduce<number>((sum, value) => {
		return sum + (typeof value === 'string' ? value.length : 1);
	}, 0);
}

/** All rows of a table in portions. */
export function* portions(
	source: BetterSqlite.Database,
	table: MovedTable,
	misfits: Misfits
): Generator<Row[]> {
	const query = source
		.prepare<[number, number], unknown[]>(
			`select rowid, ${columnsOf(table)} from "${table.name}" where rowid > ? order by rowid limit ?`
		)
		.raw();
	let last = Number.MIN_SAFE_INTEGER;
	let limit = ROWS_AT_ONCE;
	for (;;) {
		const found = query.all(last, limit);
		if (found.length === 0) return;
		last = found.at(-1)![0] as number;
		const length = found.reduce((sum, values) => sum + lengthOf(values), 0);
		yield found.map(([, ...values]) => carry(table, values, misfits));
		// The next portion is as long as this one's rows were, so that it is not too much at once.
		limit = Math.ceil(Math.min(ROWS_AT_ONCE, CHARACTERS_AT_ONCE / (length / found.length)));
	}
}

/** How many rows a table has. */
export function countOf(source: BetterSqlite.Database, { name }: Pick<MovedTable, 'name'>): number {
	return source.prepare<[], number>(`select count(*) from "${name}"`).pluck().get()!;
}

/** The rows of these keys, as they are now; those that are gone are missing. */
export function rowsOf(
	source: BetterSqlite.Database,
	table: MovedTable,
	keys: unknown[][],
	misfits: Misfits
): Row[] {
	const isKey = table.key.map((at) => `"${table.columns[at].name}" = ?`).join(' and ');
	const query = source
		.prepare<unknown[], unknown[]>(`select ${columnsOf(table)} from "${table.name}" where ${isKey}`)
		.raw();
	return keys.flatMap((key) => query.all(...key)).map((values) => carry(table, values, misfits));
}
