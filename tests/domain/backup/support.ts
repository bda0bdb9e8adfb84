import BetterSqlite from 'better-sqlite3';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, inject } from 'vitest';
import { withClient } from '#lib/server/database/postgres-client.ts';
import { contentOf, type Content } from '../transfer/rows.ts';
import { testDatabaseUrl } from '../support/database.ts';

export const { dialect } = inject('databases');

/** How the names of this database's backups end. */
export const ENDING = dialect === 'postgres' ? '.jsonl.gz' : '.db';

const directory = mkdtempSync(join(tmpdir(), 'afterword-backup-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

let made = 0;

/** A path of its own in a directory that goes after the tests. */
export function newPath(ending = ''): string {
	return join(directory, `${++made}${ending}`);
}

/** Where something is restored to: a file that is not there, or an empty database. */
export function newTarget(): Promise<string> {
	return dialect === 'sqlite' ? Promise.resolve(`file:${newPath('.db')}`) : testDatabaseUrl();
}

/** The texts of all comments that a backup holds. */
export function wordsIn(path: string): string {
	if (path.endsWith('.gz')) return gunzipSync(readFileSync(path)).toString();
	const connection = new BetterSqlite(path, { readonly: true });
	const rows = connection.prepare('select body from comments').all();
	connection.close();
	return JSON.stringify(rows);
}

/** What is in the directory of a path, hidden files too. */
export function besides(path: string): string[] {
	return readdirSync(join(path, '..'));
}

/** What a site holds, but for what a restore itself adds. */
export async function restorable(url: string): Promise<Content> {
	const content = await contentOf(url);
	delete content.security_events;
	// Tests make accounts with no password at all, which no import takes for one.
	const withoutNone = (row: Record<string, unknown>) => ({
		...row,
		password_hash: row.password_hash || null
	});
	content.accounts = content.accounts.map(withoutNone);
	content.site = content.site.map((row) => ({ ...row, revision: 0 }));
	return content;
}

/** Runs a statement past the application, and gives its rows. */
export async function statement(url: string, text: string): Promise<unknown[]> {
	if (dialect === 'postgres') {
		return withClient(url, async (client) => (await client.query<object>(text)).rows);
	}
	const connection = new BetterSqlite(url.replace('file:', ''));
	try {
		const prepared = connection.prepare(text);
		return prepared.reader ? prepared.all() : [prepared.run()];
	} finally {
		connection.close();
	}
}
