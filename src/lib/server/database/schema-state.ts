import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { existsSync } from 'node:fs';
import { dialect } from './columns.ts';
import type { Read } from './database.ts';
import { hasSqlState } from './errors.ts';
import { MIGRATIONS } from './migrations.ts';
import { withClient } from './postgres-client.ts';
import { connectSqlite, sqlitePath } from './sqlite.ts';

/** How a database's schema compares with this version's. */
export interface SchemaState {
	/** `none`: there is no database, or nothing in it. */
	kind: 'none' | 'older' | 'current' | 'newer';
	/** Migrations that are still to be made. */
	pending: number;
}

/** The time stamps of the migrations that a database has had; null when it has had none. */
async function appliedInPostgres(url: string): Promise<number[]> {
	try {
		const query = 'select created_at from drizzle.__drizzle_migrations';
		const { rows } = await withClient(url, (client) => client.query<{ created_at: string }>(query));
		return rows.map((row) => Number(row.created_at));
	} catch (error) {
		// No such schema, no such table.
		if (hasSqlState(error, '3F000') || hasSqlState(error, '42P01')) return [];
		throw error;
	}
}

function appliedInSqlite(url: string): number[] {
	const path = sqlitePath(url);
	// Connecting would make the file.
	if (!existsSync(path)) return [];
	const connection = connectSqlite(path, true);
	try {
		const table = connection
			.prepare("select 1 from sqlite_master where name = '__drizzle_migrations'")
			.get();
		if (!table) return [];
		const query = connection.prepare<[], number>('select created_at from __drizzle_migrations');
		return query.pluck().all();
	} finally {
		connection.close();
	}
}

/** Compares the schema of a database with this version's; changes nothing, and makes no file. */
export async function schemaState(url: string): Promise<SchemaState> {
	const applied = dialect === 'postgres' ? await appliedInPostgres(url) : appliedInSqlite(url);
	const known = readMigrationFiles(MIGRATIONS).map((migration) => migration.folderMillis);
	const latest = Math.max(-1, ...applied);
	const pending = known.filter((at) => at > latest).length;
	if (applied.length === 0) return { kind: 'none', pending };
	if (pending > 0) return { kind: 'older', pending };
	return { kind: latest > Math.max(...known) ? 'newer' : 'current', pending };
}

/** The time stamp of the newest migration that this version knows. */
export function latestKnown(): number {
	return Math.max(...readMigrationFiles(MIGRATIONS).map(({ folderMillis }) => folderMillis));
}

const APPLIED =
	dialect === 'postgres' ? sql`drizzle.__drizzle_migrations` : sql`__drizzle_migrations`;

/** The time stamp of the newest migration that an open database has had; null when it has had none. */
export async function latestApplied(read: Read): Promise<number | null> {
	const latest = sql<number | null>`max(created_at)`.mapWith(Number);
	const [row] = await read.select({ latest }).from(APPLIED);
	return row.latest;
}
