import BetterSqlite from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Site } from '../../support/site.ts';

// What changes without anybody's act: allowances grow back, and that somebody was refused is kept.
const NOT_COMPARED = ['rate_limits', 'security_events'];

/** The path of a site's database file. */
export function fileOf(site: Pick<Site, 'databaseUrl'>): string {
	return site.databaseUrl.replace(/^file:/, '');
}

/** Asks the running site's database. */
export function query<Row>(
	site: Pick<Site, 'databaseUrl'>,
	sql: string,
	...values: (string | number | null)[]
): Row[] {
	const db = new BetterSqlite(fileOf(site), { readonly: true });
	try {
		return db.prepare(sql).all(...values) as Row[];
	} finally {
		db.close();
	}
}

/** Changes a row behind the server's back, as time or an operator would. */
export function change(
	site: Pick<Site, 'databaseUrl'>,
	sql: string,
	...values: (string | number | null)[]
): number {
	const db = new BetterSqlite(fileOf(site), { timeout: 5_000 });
	try {
		return db.prepare(sql).run(...values).changes;
	} finally {
		db.close();
	}
}

/** A hash of every row of each table: what was changed shows by the table's name. */
export function snapshot(site: Pick<Site, 'databaseUrl'>): Record<string, string> {
	const tables = query<{ name: string }>(
		site,
		"select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name"
	);
	const compared = tables.map(({ name }) => name).filter((name) => !NOT_COMPARED.includes(name));
	return Object.fromEntries(
		compared.map((name) => {
			const rows = query<object>(site, `select * from "${name}" order by rowid`);
			const hash = createHash('sha256').update(JSON.stringify(rows)).digest('hex').slice(0, 16);
			return [name, `${rows.length} ${hash}`];
		})
	);
}

/** Everything that the database has on disk, its log too. */
export function bytesOf(site: Pick<Site, 'databaseUrl'>): Buffer {
	const read = (path: string) => {
		try {
			return readFileSync(path);
		} catch {
			return Buffer.alloc(0);
		}
	};
	return Buffer.concat([read(fileOf(site)), read(`${fileOf(site)}-wal`)]);
}
