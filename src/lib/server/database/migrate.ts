import { drizzle as drizzlePostgres } from 'drizzle-orm/node-postgres';
import { drizzle as drizzleSqlite } from 'drizzle-orm/better-sqlite3';
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator';
import { migrate as migrateSqlite } from 'drizzle-orm/better-sqlite3/migrator';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { dialect } from './columns.ts';
import { assertInService } from './moved.ts';
import { withClient } from './postgres-client.ts';
import { connectSqlite, sqlitePath } from './sqlite.ts';

// Any number that nothing else in the database locks by.
const MIGRATION_LOCK = 7_236_011;
// The working directory is the project's own: the start script and npm see to it.
const folderOf = (name: typeof dialect) => ({
	migrationsFolder: join(process.cwd(), 'drizzle', name)
});
/** Where this dialect's migrations lie, in drizzle's words. */
export const MIGRATIONS = folderOf(dialect);

/** Brings a PostgreSQL database to this version's schema, whatever this process speaks otherwise. */
export async function migratePostgres(url: string): Promise<void> {
	// The lock is a transaction's on a connection of its own: a pooler between may give each another server process.
	await withClient(url, (holder) =>
		drizzlePostgres(holder).transaction(async (lock) => {
			await lock.execute(sql`set local idle_in_transaction_session_timeout = 0`);
			await lock.execute(sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`);
			await withClient(url, (client) =>
				runMigrations(drizzlePostgres(client), folderOf('postgres'))
			);
		})
	);
}

function runSqlite(url: string): void {
	const connection = connectSqlite(sqlitePath(url));
	try {
		// Two processes that start together take turns; foreign keys rest while tables are rebuilt.
		connection.pragma('busy_timeout = 30000');
		connection.pragma('foreign_keys = OFF');
		migrateSqlite(drizzleSqlite(connection), MIGRATIONS);
	} finally {
		connection.close();
	}
}

/**
 * Brings the database of a URL to this version's schema; does nothing when it is there already.
 * @throws {NotInService} when the site has moved away from it, or is still being moved to it.
 */
export async function migrate(url: string): Promise<void> {
	await assertInService(url);
	if (dialect === 'postgres') return migratePostgres(url);
	try {
		runSqlite(url);
	} catch {
		// Another process that started at the same moment was first: look again at what is left to do.
		runSqlite(url);
	}
}
