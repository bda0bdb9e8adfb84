import { readMigrationFiles, type MigrationMeta } from 'drizzle-orm/migrator';
import { setTimeout } from 'node:timers/promises';
import { assertKnown, MigrationError, MIGRATIONS, type MigrateOptions } from './migrations.ts';
import { connectSqlite, sqlitePath } from './sqlite.ts';

// Another process that updates the same file, with its backup, is waited for.
const PATIENCE_MS = 30 * 60_000;
const PAUSE_MS = 200;

type Connection = ReturnType<typeof connectSqlite>;

/** Takes the right to write, for which another process may have to finish first. */
async function begin(connection: Connection): Promise<void> {
	const giveUpAt = performance.now() + PATIENCE_MS;
	for (;;) {
		try {
			connection.exec('BEGIN IMMEDIATE');
			return;
		} catch (error) {
			const isBusy = String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY');
			if (!isBusy || performance.now() > giveUpAt) throw error;
			await setTimeout(PAUSE_MS);
		}
	}
}

/** The time stamp of the last migration that a file has had; null for none. */
function lastIn(connection: Connection): number | null {
	const table = connection
		.prepare("select 1 from sqlite_master where name = '__drizzle_migrations'")
		.get();
	if (!table) return null;
	const query = connection.prepare<[], number | null>(
		'select max(created_at) from __drizzle_migrations'
	);
	return query.pluck().get() ?? null;
}

function apply(connection: Connection, migrations: MigrationMeta[]): void {
	// As drizzle itself makes it.
	connection.exec(
		'CREATE TABLE IF NOT EXISTS __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)'
	);
	const note = connection.prepare(
		'insert into __drizzle_migrations (hash, created_at) values (?, ?)'
	);
	for (const migration of migrations) {
		for (const statement of migration.sql) connection.exec(statement);
		note.run(migration.hash, migration.folderMillis);
	}
	const orphans = connection.pragma('foreign_key_check') as unknown[];
	if (migrations.length > 0 && orphans.length > 0) {
		throw new MigrationError(
			'The database cannot be updated: rows in it refer to rows that are not there. Nothing was changed.'
		);
	}
}

/**
 * Brings a SQLite file to this version's schema. All in one transaction: two processes that start together take turns, and what is ended in the middle
 * has changed nothing.
 * @throws {MigrationError} for a file of a newer version, or one that cannot be updated.
 */
export async function migrateSqlite(url: string, options: MigrateOptions): Promise<void> {
	const known = readMigrationFiles({
		migrationsFolder: options.folder ?? MIGRATIONS.migrationsFolder
	});
	const connection = connectSqlite(sqlitePath(url));
	try {
		// Foreign keys rest while tables are rebuilt.
		connection.pragma('foreign_keys = OFF');
		connection.pragma('busy_timeout = 0');
		// Where there is nothing to do nobody is waited for.
		if (lastIn(connection) === known.at(-1)?.folderMillis) return;
		await begin(connection);
		const last = lastIn(connection);
		assertKnown(last, known);
		const missing = known.filter(({ folderMillis }) => folderMillis > (last ?? -1));
		if (last !== null && missing.length > 0) await options.beforeUpgrade?.();
		apply(connection, missing);
		connection.exec('COMMIT');
	} finally {
		// What was not committed is undone.
		connection.close();
	}
}
