import { dirname, join } from 'node:path';
import { now } from '../clock.ts';
import type { Config } from '../config.ts';
import { migrate } from '../database/migrate.ts';
import { MigrationError, type MigrateOptions } from '../database/migrations.ts';
import { connectSqlite, sqlitePath } from '../database/sqlite.ts';
import { make } from './make.ts';
import { stamp } from './names.ts';

/** Whether anybody would miss what is in a SQLite file. */
function holdsAnything(path: string): boolean {
	const connection = connectSqlite(path, true);
	try {
		const query = connection.prepare<[], number>(
			'select exists (select 1 from accounts) or exists (select 1 from articles)'
		);
		return query.pluck().get() === 1;
	} finally {
		connection.close();
	}
}

async function backUp({ databaseUrl, backups }: Config): Promise<string> {
	const directory = backups.directory ?? dirname(sqlitePath(databaseUrl));
	// Not a name that rotation deletes: whoever goes back a version needs it.
	const name = `before-update-${stamp(now())}.db`;
	try {
		return (await make(databaseUrl, join(directory, name))).file;
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		throw new MigrationError(
			`The database has to be updated, and no backup of it could be made before: ${why} Nothing was changed.`,
			{ cause: error }
		);
	}
}

/**
 * Brings the site's database to this version's schema; a SQLite file with anything in it is backed up
 * before. PostgreSQL's operator backs it up.
 * @param told hears when a backup is begun, which takes minutes where there are many gigabytes, and where it is.
 * @throws {MigrationError} when it cannot be updated, or not backed up; nothing has changed then.
 */
export function upgrade(
	config: Config,
	told: (file: string | null) => void = () => {},
	options: MigrateOptions = {}
): Promise<void> {
	return migrate(config.databaseUrl, {
		...options,
		async beforeUpgrade() {
			if (!holdsAnything(sqlitePath(config.databaseUrl))) return;
			told(null);
			told(await backUp(config));
		}
	});
}
