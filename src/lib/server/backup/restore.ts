import { dialect } from '../database/columns.ts';
import type { Contents } from './examine.ts';
import { kindOf } from './kind.ts';
import { restorePostgres } from './restore-postgres.ts';
import { restoreSqlite } from './restore-sqlite.ts';

/** A backup that was restored. */
export interface Restored {
	holds: Contents;
	/** Where the database is that was there before; null if there was none. */
	replaced: string | null;
	/** Whether a checksum showed that the file is as it was made. */
	sealed: boolean;
}

/**
 * Makes the site what a backup holds; all sessions and mailed links end. On SQLite the database that was
 * there is kept beside the new one, on PostgreSQL there must be an empty one.
 * @throws {BadBackup} for a file that is none, is damaged, cut short, or of a newer version;
 * {InUse} while the server runs. The database is as it was then.
 */
export async function restore(url: string, file: string): Promise<Restored> {
	const kind = await kindOf(file);
	return (dialect === 'postgres' ? restorePostgres : restoreSqlite)(url, file, kind);
}
