import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { placeOf } from '../../database/addresses.ts';
import { migratePostgres } from '../../database/migrate-postgres.ts';
import { markOf, type Mark } from '../../database/moved.ts';
import { withClient } from '../../database/postgres-client.ts';
import { connectSqlite, sqlitePath } from '../../database/sqlite.ts';
import { setAside, type Aside } from './aside.ts';
import * as changes from './changes.ts';
import * as source from './source.ts';
import { tablesOf, type MovedTable } from './tables.ts';
import * as target from './target.ts';
import { keyOf, mended, Tally, type Row } from './values.ts';

// What is left for the last step, in which nobody writes: a moment's work.
const FEW_CHANGES = 200;
// A site that writes faster than its rows are carried is not waited for for ever.
const ROUNDS = 20;
const ROWS_AT_ONCE = 1000;

type Source = ReturnType<typeof connectSqlite>;

/** A table that was moved. */
export interface TableReport {
	name: string;
	rows: number;
	/** The sum of its rows' SHA-256 as they were copied first, the same on both sides. */
	hash: string;
}

/** What a move did, or would do. */
export interface MoveReport {
	/** `tried`: everything fits, and nothing was changed. `finished`: only an earlier move's last step was left. */
	outcome: 'tried' | 'moved' | 'finished';
	target: string;
	tables: TableReport[];
	/** Texts in which a sign stands for what PostgreSQL cannot hold. */
	mended: source.Misfit[];
	/** Rows that changed while they were copied, and were carried again. */
	changed: number;
	/** For how long writes waited, in milliseconds. */
	closedMs: number;
}

/** Told how far the move is. */
export interface MoveProgress {
	/** Copying or checking so many rows begins. */
	begin(step: 'copying' | 'checking' | 'reading', rows: number): void;
	rows(done: number): void;
	/** Nobody can write to the file any more. */
	closed(): void;
}

/** What the file holds cannot all be carried. */
export class MisfitError extends Error {
	constructor(misfits: source.Misfit[]) {
		const lines = misfits
			.slice(0, 20)
			.map(({ table, key, column, why }) => `  ${table} ${key}: ${column} ${why}`);
		const more =
			misfits.length > lines.length ? [`  … and ${misfits.length - lines.length} more`] : [];
		super(['PostgreSQL cannot hold what is here:', ...lines, ...more].join('\n'));
		this.name = 'MisfitError';
	}
}

/** Reads one moment of the file, while others go on writing. */
async function atOneMoment<T>(path: string, work: (snapshot: Source) => Promise<T>): Promise<T> {
	const snapshot = connectSqlite(path, true);
	try {
		snapshot.exec('begin');
		return await work(snapshot);
	} finally {
		snapshot.close();
	}
}

/** Reads everything there is to carry, and hands it on. */
async function readAll(
	path: string,
	tables: MovedTable[],
	progress: MoveProgress,
	step: 'copying' | 'reading',
	write: (table: MovedTable, rows: Row[]) => Promise<void>
) {
	const misfits: source.Misfits = { mended: [], uncarried: [] };
	const tallies = new Map(tables.map((table) => [table, new Tally()]));
	await atOneMoment(path, async (snapshot) => {
		const all = tables.reduce((sum, table) => sum + source.countOf(snapshot, table), 0);
		progress.begin(step, all);
		let done = 0;
		for (const table of tables) {
			for (const rows of source.portions(snapshot, table, misfits)) {
				for (const row of rows) tallies.get(table)!.add(row);
				if (misfits.uncarried.length === 0) await write(table, rows);
				progress.rows((done += rows.length));
			}
		}
	});
	if (misfits.uncarried.length > 0) throw new MisfitError(misfits.uncarried);
	const reports = tables.map((table): TableReport => {
		const { rows, hash } = tallies.get(table)!;
		return { name: table.name, rows, hash };
	});
	return { reports, mended: misfits.mended };
}

/** Reads every row back and compares. @throws {Error} naming the table that is not the same */
async function checkAll(
	client: Client,
	tables: MovedTable[],
	reports: TableReport[],
	progress: MoveProgress
): Promise<void> {
	progress.begin(
		'checking',
		reports.reduce((sum, { rows }) => sum + rows, 0)
	);
	let done = 0;
	for (const [at, table] of tables.entries()) {
		const tally = new Tally();
		for await (const rows of target.portions(client, table)) {
			for (const row of rows) tally.add(row);
			progress.rows((done += rows.length));
		}
		const { rows, hash } = reports[at];
		if (tally.rows === rows && tally.hash === hash) continue;
		throw new Error(
			`${table.name} did not arrive as it was sent: ${tally.rows} rows of ${rows}, hash ${tally.hash} instead of ${hash}.`
		);
	}
}

/** Carries the rows of some keys again, and compares each. */
async function carryAgain(
	file: Source,
	client: Client,
	table: MovedTable,
	keys: unknown[][]
): Promise<source.Misfits & { added: number }> {
	const misfits: source.Misfits = { mended: [], uncarried: [] };
	const rows = source.rowsOf(file, table, keys, misfits);
	if (misfits.uncarried.length > 0) throw new MisfitError(misfits.uncarried);
	const theirs = keys.map((key) =>
		key.map((part) => (typeof part === 'string' ? mended(part) : (part as number)))
	);
	const removed = await target.remove(client, table, theirs);
	await target.insert(client, table, rows);
	const arrived = await target.rowsOf(client, table, theirs);
	const expected = new Map(rows.map((row) => [keyOf(table, row), JSON.stringify(row)]));
	const isSame = arrived.every((row) => expected.get(keyOf(table, row)) === JSON.stringify(row));
	const added = rows.length - removed;
	if (arrived.length === rows.length && isSame) return { ...misfits, added };
	throw new Error(`${table.name} did not arrive as it was sent: rows that changed meanwhile.`);
}

/** A move under way. */
interface Move {
	id: string;
	path: string;
	file: Source;
	client: Client;
	tables: MovedTable[];
	progress: MoveProgress;
}

/** Carries what changed, from the file as it is or was; the report's counts follow. */
async function catchUp(
	{ client, tables }: Move,
	from: Source,
	changed: changes.Changes,
	report: MoveReport
) {
	for (const [table, keys] of changed) {
		for (let at = 0; at < keys.length; at += ROWS_AT_ONCE) {
			const some = keys.slice(at, at + ROWS_AT_ONCE);
			const { mended: more, added } = await carryAgain(from, client, table, some);
			report.mended.push(...more);
			report.changed += some.length;
			report.tables[tables.indexOf(table)].rows += added;
		}
	}
}

/**
 * Carries what changed up to a moment, and looks at what is there as it was then, rows counted on both sides and
 * references: while others go on writing, because that takes the longer the more there is.
 * @throws {Error} when they have not as many rows of each table
 */
async function compareAtOneMoment(move: Move, aside: Aside, report: MoveReport): Promise<void> {
	const { file, path, client, tables, id } = move;
	const snapshot = connectSqlite(path, true);
	try {
		const take = file.transaction(() => {
			// Nobody else writes between this moment and the notes.
			snapshot.exec('begin');
			snapshot.prepare('select 1 from sqlite_schema').get();
			return changes.take(file, tables, id);
		});
		await catchUp(move, snapshot, take.immediate(), report);
		for (const [at, table] of tables.entries()) {
			const here = source.countOf(snapshot, table);
			const there = await target.countOf(client, table);
			if (here === there && here === report.tables[at].rows) continue;
			throw new Error(`${table.name} has ${here} rows here, and ${there} in the new database.`);
		}
		await aside.look();
	} finally {
		snapshot.close();
	}
}

/** The last step: nobody writes while the rest is carried, and afterwards the file is left. */
async function close(move: Move, aside: Aside, report: MoveReport): Promise<void> {
	const { file, client, tables, id } = move;
	// Writers wait for SQLite's own lock: if this program dies, they go on as if nothing had been.
	file.exec('begin immediate');
	const closedAt = performance.now();
	try {
		await catchUp(move, file, changes.take(file, tables, id), report);
		await aside.settle();
		await target.commit(client, tables);
		const movedAt = new Date().toISOString();
		changes.leave(file, tables, { id, target: report.target, movedAt });
		file.exec('commit');
	} finally {
		if (file.inTransaction) file.exec('rollback');
		report.closedMs = Math.round(performance.now() - closedAt);
	}
	move.progress.closed();
	await target.arrived(client);
}

/** Carries what changed meanwhile until that is little, if it gets less. */
async function fewerChanges(move: Move, report: MoveReport): Promise<void> {
	const { file, tables, id } = move;
	for (let round = 0; round < ROUNDS && changes.pending(file) > FEW_CHANGES; round++) {
		const take = file.transaction(() => changes.take(file, tables, id));
		await catchUp(move, file, take.immediate(), report);
	}
}

async function run(move: Move, place: string, afresh: boolean): Promise<MoveReport> {
	const { client, file, tables, path, progress, id } = move;
	changes.startNoting(file, tables, id);
	await target.begin(client, tables, afresh);
	const aside = await setAside(client);
	const { reports, mended: texts } = await readAll(
		path,
		tables,
		progress,
		'copying',
		(table, rows) => target.insert(client, table, rows)
	);
	const report: MoveReport = {
		...{ outcome: 'moved', target: place, tables: reports, mended: texts },
		...{ changed: 0, closedMs: 0 }
	};
	await aside.putBack();
	await checkAll(client, tables, reports, progress);
	await aside.defer();
	await fewerChanges(move, report);
	await compareAtOneMoment(move, aside, report);
	await fewerChanges(move, report);
	await close(move, aside, report);
	return report;
}

/** What an operator asks for. */
export interface MoveInput {
	/** The SQLite file's URL; of this version's schema. */
	from: string;
	/** The PostgreSQL database's URL. */
	to: string;
	/** Only looks whether everything fits. */
	dryRun: boolean;
}

async function prepare(client: Client, tables: MovedTable[]): Promise<{ afresh: boolean }> {
	await target.assertFit(client, tables);
	const isLeftover = (await target.arrivalOf(client)) !== null;
	const names = await target.filled(client, tables);
	if (names.length > 0 && !isLeftover) {
		throw new Error(`The target is not empty: there are rows in ${names.join(', ')}.`);
	}
	return { afresh: names.length > 0 };
}

/** Does the last step of a move whose program ended before it. */
async function finish(client: Client, mark: Mark): Promise<void> {
	if ((await target.arrivalOf(client)) !== mark.id) {
		throw new Error(`The site of this file moved to ${mark.target} on ${mark.movedAt} already.`);
	}
	await target.arrived(client);
}

/**
 * Moves a site from a SQLite file to an empty PostgreSQL database, row by row, while it runs. Rows that
 * change meanwhile are noted in the file and carried again; for the last of them writes wait. Every row
 * is read back and compared before the file is left. All that arrives is one transaction: broken off at
 * any moment, the file goes on in service, and the same can be done again.
 * @throws {Error} in words for the operator, with the file in service.
 */
export async function move(input: MoveInput, progress: MoveProgress): Promise<MoveReport> {
	const { from, to, dryRun } = input;
	const place = placeOf(to);
	const nothing = { tables: [], mended: [], changed: 0, closedMs: 0 };
	const mark = markOf(from);
	if (mark) {
		await withClient(to, (client) => finish(client, mark));
		return { ...nothing, outcome: 'finished', target: place };
	}
	const path = sqlitePath(from);
	const file = connectSqlite(path);
	const forget = () => changes.stopNoting(file);
	process.once('exit', forget);
	try {
		return await withClient(to, async (client) => {
			const tables = tablesOf(file);
			const { afresh } = await prepare(client, tables);
			if (dryRun) {
				const keep = () => Promise.resolve();
				const { reports, mended: texts } = await readAll(path, tables, progress, 'reading', keep);
				return { ...nothing, outcome: 'tried', target: place, tables: reports, mended: texts };
			}
			const id = randomUUID();
			await target.arriving(client, id);
			await migratePostgres(to);
			try {
				return await run({ id, path, file, client, tables, progress }, place, afresh);
			} catch (error) {
				// The connection may be what was lost; the mark stays, and the next move begins afresh.
				await target.giveUp(client, tables).catch(() => {});
				throw error;
			}
		});
	} finally {
		process.off('exit', forget);
		if (markOf(from) === null) forget();
		file.close();
	}
}

/**
 * Puts a file back in service that its site had moved away from, with what it held then; ends what a move
 * that was broken off left in it.
 * @returns where the site had moved to; null when it had not.
 * @throws {Error} when there was no move.
 */
export function takeBack(from: string): Mark | null {
	const mark = markOf(from);
	const file = connectSqlite(sqlitePath(from));
	try {
		if (!mark && !changes.isNoting(file)) {
			throw new Error('The site of this file is here: it has not moved.');
		}
		changes.comeBack(file);
	} finally {
		file.close();
	}
	return mark;
}
