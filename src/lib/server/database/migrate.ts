import { drizzle as drizzlePostgres } from 'drizzle-orm/node-postgres';
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator';
import { readMigrationFiles, type MigrationMeta } from 'drizzle-orm/migrator';
import { setTimeout } from 'node:timers/promises';
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
// Another process that updates the same file, with its backup, is waited for.
const PATIENCE_MS = 30 * 60_000;
const PAUSE_MS = 200;

/** The database cannot be brought to this version's schema; the message says why, and what to do. */
export class MigrationError extends Error {
	constructor(message: string, options?: ErrorOptions) {
		super(message, options);
		this.name = 'MigrationError';
	}
}

/** How a database is brought up to date. */
export interface MigrateOptions {
	/** Where migrations lie; this version's without it. */
	folder?: string;
	/** Is called before a database that has had migrations gets more, while nobody else can write. */
	beforeUpgrade?: () => Promise<void>;
}

type Connection = ReturnType<typeof connectSqlite>;

/** @throws {MigrationError} when the last migration is one that this version does not know. */
function assertKnown(last: number | null, known: MigrationMeta[]): void {
	if (last === null || known.some(({ folderMillis }) => folderMillis >= last)) return;
	throw new MigrationError(
		'The database is of a newer version of Afterword than this one. Install that version again, or restore a backup of this one. Nothing was changed.'
	);
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
	await withClient(url, async (client) => {
		const db = drizzlePostgres(client);
		await db.execute(sql`select pg_advisory_lock(${MIGRATION_LOCK})`);
		const table = await client.query<{ there: boolean }>(
			"select to_regclass('drizzle.__drizzle_migrations') is not null as there"
		);
		if (table.rows[0].there) {
			const { rows } = await client.query<{ last: string | null }>(
				'select max(created_at) as last from drizzle.__drizzle_migrations'
			);
			assertKnown(rows[0].last === null ? null : Number(rows[0].last), known);
		}
		await runMigrations(db, { migrationsFolder: folder });
	});
}

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
 * All in one transaction: two processes that start together take turns, and what is ended in the middle
 * has changed nothing.
 */
async function runSqlite(url: string, options: MigrateOptions): Promise<void> {
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

/**
 * Brings the database of a URL to this version's schema; does nothing when it is there already.
 * @throws {MigrationError} for a database of a newer version; {NotInService} when the site has moved
 * away from it, or is still being moved to it.
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<void> {
	await assertInService(url);
	return dialect === 'postgres' ? migratePostgres(url, options) : runSqlite(url, options);
}
