import BetterSqlite from 'better-sqlite3';
import { createHash } from 'node:crypto';

function digestOf(connection: BetterSqlite.Database, table: string): string | null {
	const hash = createHash('sha256');
	try {
		const rows = connection.prepare<[], unknown[]>(`select * from "${table}"`).raw().iterate();
		for (const row of rows) hash.update(JSON.stringify(row));
		return hash.digest('hex');
	} catch {
		return null;
	}
}

/** What the tables of a SQLite file hold, as a digest by their names; null for one that cannot be read. */
export function contentsOf(path: string): Map<string, string | null> {
	const connection = new BetterSqlite(path, { readonly: true });
	try {
		const tables = connection
			.prepare<[], string>("select name from sqlite_schema where type = 'table'")
			.pluck()
			.all();
		return new Map(tables.map((table) => [table, digestOf(connection, table)]));
	} finally {
		connection.close();
	}
}

/** The tables that do not hold what they held. */
export function changedTables(before: Map<string, string | null>, path: string): string[] {
	let now: Map<string, string | null>;
	try {
		now = contentsOf(path);
	} catch {
		return [...before.keys()];
	}
	return [...before].filter(([table, digest]) => now.get(table) !== digest).map(([table]) => table);
}
