import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type { Client } from 'pg';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { assertKnown, folderOf, type MigrateOptions } from './migrations.ts';
import { withClient } from './postgres-client.ts';

// Any number that nothing else in the database locks by.
const MIGRATION_LOCK = 7_236_011;

/** The time stamp of the last migration that a database has had; null for none. */
async function lastIn(client: Client): Promise<number | null> {
	const table = await client.query<{ there: boolean }>(
		"select to_regclass('drizzle.__drizzle_migrations') is not null as there"
	);
	if (!table.rows[0].there) return null;
	const { rows } = await client.query<{ last: string | null }>(
		'select max(created_at) as last from drizzle.__drizzle_migrations'
	);
	return rows[0].last === null ? null : Number(rows[0].last);
}

/**
 * Brings a PostgreSQL database to this version's schema, whatever this process speaks otherwise.
 * @throws {MigrationError} for a database of a newer version.
 */
export async function migratePostgres(
	url: string,
	{ folder = folderOf('postgres').migrationsFolder }: MigrateOptions = {}
): Promise<void> {
	const known = readMigrationFiles({ migrationsFolder: folder });
	// The lock is a transaction's on a connection of its own: a pooler between may give each another server process.
	await withClient(url, (holder) =>
		drizzle(holder).transaction(async (lock) => {
			await lock.execute(sql`set local idle_in_transaction_session_timeout = 0`);
			await lock.execute(sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`);
			await withClient(url, async (client) => {
				assertKnown(await lastIn(client), known);
				await migrate(drizzle(client), { migrationsFolder: folder });
			});
		})
	);
}
