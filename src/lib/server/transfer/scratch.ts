import BetterSqlite from 'better-sqlite3';

/** A comment that came before its parent. */
export interface HeldComment {
	/** The key of the comment in its source. */
	key: string;
	parentKey: string;
	line: number;
	/** The id that keeps its place in the file's order. */
	id: string;
	/** When it was written. */
	at: Date;
	/** Whether the file said when. */
	dated: boolean;
	/** The line as the file has it. */
	text: string;
}

/** What was made in this import and gets its revision at the end. */
export interface Fresh {
	kind: 'article' | 'account';
	id: string;
	revision: number;
}

type HeldRow = Omit<HeldComment, 'at' | 'dated'> & { at: number; dated: number };

function asHeld(row: HeldRow): HeldComment {
	return { ...row, at: new Date(row.at), dated: row.dated === 1 };
}

/**
 * What an import must remember that may be as large as its file: a temporary SQLite file, gone with
 * the process. Its transactions go along with those of the database that is imported into.
 */
export function openScratch() {
	// An empty name is a file that SQLite itself makes in the temporary directory and removes.
	const scratch = new BetterSqlite('');
	scratch.exec(`
		create table held (
			key text primary key, parentKey text not null, line integer not null, id text not null,
			at integer not null, dated integer not null, text text not null
		) without rowid;
		create index held_parent on held (parentKey, line);
		create index held_line on held (line);
		create table fresh (
			kind text not null, id text not null, revision integer not null, primary key (kind, id)
		) without rowid;
	`);
	const statements = {
		hold: scratch.prepare<[HeldRow]>(
			'insert or replace into held values (@key, @parentKey, @line, @id, @at, @dated, @text)'
		),
		isHeld: scratch.prepare<[string]>('select 1 from held where key = ?').pluck(),
		children: scratch.prepare<[string], HeldRow>(
			'select * from held where parentKey = ? order by line'
		),
		drop: scratch.prepare<[string]>('delete from held where key = ?'),
		// Those whose parent is nowhere, not even waiting itself.
		orphans: scratch.prepare<[number], HeldRow>(
			`select * from held where not exists (select 1 from held as parent where parent.key = held.parentKey)
			order by line limit ?`
		),
		first: scratch.prepare<[], HeldRow>('select * from held order by line limit 1'),
		any: scratch.prepare<[], number>('select exists (select 1 from held)').pluck(),
		addFresh: scratch.prepare<[Fresh]>(
			'insert or ignore into fresh values (@kind, @id, @revision)'
		),
		isFresh: scratch
			.prepare<[string, string]>('select 1 from fresh where kind = ? and id = ?')
			.pluck(),
		freshAfter: scratch.prepare<[string, string, number], Fresh>(
			'select * from fresh where (kind, id) > (?, ?) order by kind, id limit ?'
		)
	};
	return {
		/** Begins anew what was not committed; call it first in a transaction that may run twice. */
		begin() {
			if (scratch.inTransaction) scratch.exec('rollback');
			scratch.exec('begin');
		},
		/** Keeps what was done since `begin`. */
		commit() {
			if (scratch.inTransaction) scratch.exec('commit');
		},
		/** Holds a comment back until its parent comes. */
		hold(held: HeldComment): void {
			statements.hold.run({ ...held, at: held.at.getTime(), dated: Number(held.dated) });
		},
		/** Whether a comment is held back. */
		isHeld: (key: string): boolean => statements.isHeld.get(key) !== undefined,
		/** Gives up the comments that wait for this one, in the order of the file. */
		takeChildren(key: string): HeldComment[] {
			const rows = statements.children.all(key);
			for (const row of rows) statements.drop.run(row.key);
			return rows.map(asHeld);
		},
		/** Gives up some of the comments whose parent will never come. */
		takeOrphans(limit: number): HeldComment[] {
			const rows = statements.orphans.all(limit);
			for (const row of rows) statements.drop.run(row.key);
			return rows.map(asHeld);
		},
		/** Gives up the comment that came first of those that wait for each other. */
		takeFirst(): HeldComment | null {
			const row = statements.first.get();
			if (row) statements.drop.run(row.key);
			return row ? asHeld(row) : null;
		},
		/** Whether any comment waits. */
		holdsAny: (): boolean => statements.any.get() === 1,
		/** Remembers what was made, to give it its revision at the end. */
		addFresh(fresh: Fresh): void {
			statements.addFresh.run(fresh);
		},
		/** Whether this import made it. */
		isFresh: (kind: Fresh['kind'], id: string): boolean =>
			statements.isFresh.get(kind, id) !== undefined,
		/** The next of what gets its revision at the end, after this one. */
		freshAfter(last: Fresh | undefined, limit: number): Fresh[] {
			return statements.freshAfter.all(last?.kind ?? '', last?.id ?? '', limit);
		},
		/** Removes the file. */
		close(): void {
			scratch.close();
		}
	};
}

/** The temporary file of an import. */
export type Scratch = ReturnType<typeof openScratch>;
