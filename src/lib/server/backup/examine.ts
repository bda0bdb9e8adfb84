import { changedTexts } from '../database/changed-texts.ts';
import { schemaState } from '../database/schema-state.ts';
import { connectSqlite } from '../database/sqlite.ts';
import { BadBackup } from './bad-backup.ts';

/** How much a backup holds. */
export interface Contents {
	accounts: number;
	articles: number;
	comments: number;
}

type Connection = ReturnType<typeof connectSqlite>;

const TABLES = ['accounts', 'articles', 'comments'] as const;
const NO_DATABASE = ['SQLITE_NOTADB', 'SQLITE_CORRUPT'];

/** Counts what a database holds. */
export function contentsOf(connection: Connection): Contents {
	const count = (table: string) =>
		connection.prepare<[], number>(`select count(*) from ${table}`).pluck().get() ?? 0;
	const [accounts, articles, comments] = TABLES.map(count);
	return { accounts, articles, comments };
}

/** Whether the file is one that SQLite itself cannot make sense of. */
export function isDamage(error: unknown): boolean {
	const code = (error as { code?: unknown } | null)?.code;
	return typeof code === 'string' && NO_DATABASE.some((state) => code.startsWith(state));
}

function assertSound(connection: Connection): void {
	if (connection.pragma('integrity_check(1)', { simple: true }) !== 'ok') {
		throw new BadBackup('The database in it is damaged.');
	}
	if ((connection.pragma('foreign_key_check') as unknown[]).length > 0) {
		throw new BadBackup('Rows in it refer to rows that are not there.');
	}
	for (const row of changedTexts(connection)) {
		throw new BadBackup(`Text in it is not what was written: ${row}.`);
	}
}

function isOurs(connection: Connection): boolean {
	const names = [...TABLES, 'site', '__drizzle_migrations'];
	const query = connection.prepare<[string], number>(
		"select 1 from sqlite_master where type = 'table' and name = ?"
	);
	return names.every((name) => query.pluck().get(name) === 1);
}

/**
 * Looks whether a SQLite file is sound, a site's, and not of a newer version.
 * @throws {BadBackup} with the reason when it is not.
 */
export async function examine(path: string): Promise<Contents> {
	try {
		const connection = connectSqlite(path, true);
		try {
			assertSound(connection);
			if (!isOurs(connection)) throw new BadBackup('It is a database, but not of Afterword.');
			const { kind } = await schemaState(`file:${path}`);
			if (kind === 'none') throw new BadBackup('It is a database, but not of Afterword.');
			if (kind === 'newer') {
				throw new BadBackup('It is of a newer version of Afterword than this one.');
			}
			return contentsOf(connection);
		} finally {
			connection.close();
		}
	} catch (error) {
		throw isDamage(error) ? new BadBackup('The database in it is damaged.') : error;
	}
}
