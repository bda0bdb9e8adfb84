import type BetterSqlite from 'better-sqlite3';
import { CHANGES, MARK, MOVED_WORDS, type Mark } from '../../database/moved.ts';
import type { MovedTable } from './tables.ts';

/** Keys of rows that changed, were added or went away, by table. */
export type Changes = Map<MovedTable, unknown[][]>;

const CHANGE = 'afterword_move_change';
const REFUSAL = 'afterword_move_refusal';

function rowKey({ columns, key }: MovedTable, which: 'new' | 'old'): string {
	return `json_array(${key.map((at) => `${which}."${columns[at].name}"`).join(', ')})`;
}

function noteChanges(table: MovedTable): string {
	const { name } = table;
	// Not `insert or ignore`: within an upsert SQLite takes the upsert's own way with conflicts for it
	// (https://sqlite.org/lang_createtrigger.html), and what a reader writes would fail.
	const note = (which: 'new' | 'old') => `
		insert into ${CHANGES} ("table", key) select '${name}', ${rowKey(table, which)} where not exists (
			select 1 from ${CHANGES} where "table" = '${name}' and key = ${rowKey(table, which)});`;
	return `
	create trigger "${CHANGE}_${name}_insert" after insert on "${name}" begin ${note('new')} end;
	create trigger "${CHANGE}_${name}_update" after update on "${name}" begin ${note('old')} ${note('new')} end;
	create trigger "${CHANGE}_${name}_delete" after delete on "${name}" begin ${note('old')} end;`;
}

function refuseChanges({ name }: MovedTable): string {
	return ['insert', 'update', 'delete']
		.map(
			(change) => `
	create trigger "${REFUSAL}_${name}_${change}" before ${change} on "${name}"
		begin select raise(abort, '${MOVED_WORDS}'); end;`
		)
		.join('');
}

function dropTriggers(source: BetterSqlite.Database, prefix: string): void {
	const names = source
		.prepare<[string], string>(
			"select name from sqlite_schema where type = 'trigger' and name glob ? || '_*'"
		)
		.pluck()
		.all(prefix);
	for (const name of names) source.exec(`drop trigger "${name}"`);
}

/** Stops noting changes, of this move or of one that was broken off. */
export function stopNoting(source: BetterSqlite.Database): void {
	const stop = source.transaction(() => {
		dropTriggers(source, CHANGE);
		source.exec(`drop table if exists ${CHANGES}`);
	});
	stop.immediate();
}

/** Whether changes are noted: a move is under way, or one was broken off. */
export function isNoting(source: BetterSqlite.Database): boolean {
	const query = source.prepare('select 1 from sqlite_schema where name = ?');
	return query.get(CHANGES) !== undefined;
}

/** Begins to note, in the file itself, which rows change, whoever changes them. */
export function startNoting(source: BetterSqlite.Database, tables: MovedTable[], id: string): void {
	const start = source.transaction(() => {
		dropTriggers(source, CHANGE);
		source.exec(`drop table if exists ${CHANGES}`);
		source.exec(`create table ${CHANGES} ("table" text not null, key text not null,
			primary key ("table", key)) without rowid`);
		source.exec(tables.map(noteChanges).join(''));
		// Whose notes they are: another move would begin them anew.
		source.prepare(`insert into ${CHANGES} values ('', ?)`).run(id);
	});
	start.immediate();
}

/** How many rows changed that were not taken yet. */
export function pending(source: BetterSqlite.Database): number {
	const query = `select count(*) from ${CHANGES} where "table" <> ''`;
	return source.prepare<[], number>(query).pluck().get()!;
}

/**
 * Takes what was noted; what changes from now on is noted again. Belongs into a write transaction.
 * @throws {Error} when the notes are not this move's.
 */
export function take(source: BetterSqlite.Database, tables: MovedTable[], id: string): Changes {
	const whose = source.prepare(`select key from ${CHANGES} where "table" = ''`).pluck().get();
	if (whose !== id) throw new Error('Another move of this site has begun meanwhile.');
	const changes: Changes = new Map();
	const query = source.prepare<[string], string>(`select key from ${CHANGES} where "table" = ?`);
	for (const table of tables) {
		const keys = query.pluck().all(table.name);
		if (keys.length > 0) {
			const parsed = keys.map((key) => JSON.parse(key) as unknown[]);
			changes.set(table, parsed);
		}
	}
	source.exec(`delete from ${CHANGES} where "table" <> ''`);
	return changes;
}

/** Marks the file as left: nothing writes to it any more, whatever program it is. Belongs into a write transaction. */
export function leave(source: BetterSqlite.Database, tables: MovedTable[], mark: Mark): void {
	dropTriggers(source, CHANGE);
	source.exec(`drop table if exists ${CHANGES}`);
	source.exec(
		`create table ${MARK} (id text not null, target text not null, moved_at text not null)`
	);
	source.prepare(`insert into ${MARK} values (?, ?, ?)`).run(mark.id, mark.target, mark.movedAt);
	source.exec(tables.map(refuseChanges).join(''));
}

/** Puts a file that was left back in service. */
export function comeBack(source: BetterSqlite.Database): void {
	const back = source.transaction(() => {
		dropTriggers(source, REFUSAL);
		dropTriggers(source, CHANGE);
		source.exec(`drop table if exists ${MARK}`);
		source.exec(`drop table if exists ${CHANGES}`);
	});
	back.immediate();
}
