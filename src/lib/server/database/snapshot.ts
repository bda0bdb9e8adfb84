import { drizzle as drizzlePostgres } from 'drizzle-orm/node-postgres';
import { drizzle as drizzleSqlite } from 'drizzle-orm/better-sqlite3';
import { dialect } from './columns.ts';
import type { Read } from './database.ts';
import { withClient } from './postgres-client.ts';
import { connectSqlite, sqlitePath } from './sqlite.ts';

async function ofPostgres<T>(url: string, work: (db: Read) => Promise<T>): Promise<T> {
	const settings = { isolationLevel: 'repeatable read', accessMode: 'read only' } as const;
	return withClient(url, (client) =>
		drizzlePostgres(client).transaction((tx) => work(tx as unknown as Read), settings)
	);
}

async function ofSqlite<T>(url: string, work: (db: Read) => Promise<T>): Promise<T> {
	const connection = connectSqlite(sqlitePath(url), true);
	try {
		connection.exec('BEGIN');
		return await work(drizzleSqlite(connection) as unknown as Read);
	} finally {
		connection.close();
	}
}

/** Reads one moment of a database, however long it takes, on a connection of its own. */
export function atOneMoment<T>(url: string, work: (db: Read) => Promise<T>): Promise<T> {
	return dialect === 'postgres' ? ofPostgres(url, work) : ofSqlite(url, work);
}
