import { basename } from 'node:path';
import { contentsOf } from './postgres.ts';
import { migrate } from '../database/migrate.ts';
import { open } from '../database/open.ts';
import { withClient } from '../database/postgres-client.ts';
import { schemaState } from '../database/schema-state.ts';
import { isUnused } from '../transfer/into/site.ts';
import { InUse } from './alone.ts';
import { BadBackup } from './bad-backup.ts';
import { fillFrom } from './fill.ts';
import { forget } from './forget.ts';
import type { Kind } from './kind.ts';
import type { Restored } from './restore.ts';

const ANOTHER =
	'The database is not empty. Make a new one, name it in DATABASE_URL and restore into that; the old one stays as it is.';

/** A server is connected all the time. @throws {InUse} */
async function assertAlone(url: string): Promise<void> {
	const query = `select count(*)::int as others from pg_stat_activity
		where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`;
	const { rows } = await withClient(url, (client) => client.query<{ others: number }>(query));
	if (rows[0].others > 0) throw new InUse();
}

/** Fills an empty PostgreSQL database with what a backup holds. */
export async function restorePostgres(url: string, file: string, kind: Kind): Promise<Restored> {
	if (kind.is === 'database') {
		throw new BadBackup('It is a backup of a SQLite database, and DATABASE_URL names PostgreSQL.');
	}
	await assertAlone(url);
	const { kind: schema } = await schemaState(url);
	if (schema === 'older' || schema === 'newer') throw new BadBackup(ANOTHER);
	await migrate(url);
	const db = await open(url);
	try {
		if (!(await isUnused(db.read))) throw new BadBackup(ANOTHER);
		await fillFrom(db, file);
		await forget(db, basename(file));
		return { holds: await contentsOf(db.read), replaced: null, sealed: true };
	} finally {
		await db.close();
	}
}
