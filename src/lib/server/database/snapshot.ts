import { drizzle as drizzlePostgres } from 'drizzle-orm/postgres-js';
import { drizzle as drizzleSqlite } from 'drizzle-orm/better-sqlite3';
import postgres from 'postgres';
import { dialect } from './columns.ts';
import type { Read } from './database.ts';
import { connectSqlite, sqlitePath } from './sqlite.ts';

async function ofPostgres<T>(url: string, work: (db: Read) => Promise<T>): Promise<T> {
	const client = postgres(url, { max: 1, onnotice: () => {} });
	try {
		const settings = { isolationLevel: 'repeatable read', accessMode: 'read only' } as const;
		return await drizzlePostgres(client).transaction((tx) => work(tx as unknown as Read), settings);
	} finally {
		await client.end();
	}
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
