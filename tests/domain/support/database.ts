import { copyFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { escapeIdentifier } from 'pg';
import { inject } from 'vitest';
import type { Database } from '#lib/server/database/database.ts';
import { open } from '#lib/server/database/open.ts';

const opened: Database[] = [];
/** Names of databases that are there. */
const made: string[] = [];
let count = 0;

/**
 * Opens a migrated, empty database of its own: every call makes another one. Call it once for a
 * file (`beforeAll`) or for each test; it is closed and removed after the file.
 */
export async function testDatabase(): Promise<Database> {
	const database = await open(await testDatabaseUrl());
	opened.push(database);
	return database;
}

function nextName(): string {
	const name = `test_${process.pid}_${count++}_${Date.now()}`;
	made.push(name);
	return name;
}

/**
 * Makes a migrated, empty database, for tests that open it themselves: more than once, or from
 * another process.
 * @returns Its address, as in DATABASE_URL.
 */
export async function testDatabaseUrl(): Promise<string> {
	const { dialect, template, home } = inject('databases');
	const name = nextName();
	if (dialect === 'sqlite') {
		const file = join(home, `${name}.db`);
		await copyFile(template.replace('file:', ''), file);
		return `file:${file}`;
	}
	const source = basename(new URL(template).pathname);
	await order(`create database ${escapeIdentifier(name)} template ${escapeIdentifier(source)}`);
	return new URL(`/${name}`, home).href;
}

/** The address of a database with nothing in it, not even tables; on SQLite of a file that is not there. */
export async function emptyDatabaseUrl(): Promise<string> {
	const { dialect, home } = inject('databases');
	const name = nextName();
	if (dialect === 'sqlite') return `file:${join(home, name, `${name}.db`)}`;
	await order(`create database ${escapeIdentifier(name)}`);
	return new URL(`/${name}`, home).href;
}

/** Closes and removes the databases of the test file that has just run. */
export async function closeAll(): Promise<void> {
	await Promise.all(opened.splice(0).map((database) => database.close()));
	// SQLite's files go with their directory.
	if (inject('databases').dialect === 'sqlite') return;
	for (const name of made.splice(0)) {
		await order(`drop database if exists ${escapeIdentifier(name)} with (force)`);
	}
}

async function order(statement: string): Promise<void> {
	// Loaded here, because a module of ours must not be before the setup has chosen the dialect.
	const { withClient } = await import('#lib/server/database/postgres-client.ts');
	await withClient(inject('databases').home, (client) => client.query(statement));
}
