import BetterSqlite from 'better-sqlite3';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startCluster, type Cluster } from '../../support/postgres.ts';

/** Where databases are made for one fault after the other. */
export interface Place {
	dialect: 'sqlite' | 'postgres';
	/** A directory that goes at the end. */
	directory: string;
	/** PostgreSQL's server. */
	cluster: Cluster | null;
	/** The address of a database that is empty, or not there yet. */
	newDatabase(): Promise<string>;
	end(): Promise<void>;
}

/** A place for databases of one kind. */
export async function openPlace(dialect: Place['dialect']): Promise<Place> {
	const directory = mkdtempSync(join(tmpdir(), 'afterword-faults-'));
	const cluster = dialect === 'postgres' ? await startCluster() : null;
	let made = 0;
	return {
		dialect,
		directory,
		cluster,
		async newDatabase() {
			const name = `fault_${++made}`;
			if (cluster === null) return `file:${join(directory, name, 'afterword.db')}`;
			await cluster.create(name);
			return cluster.url(name);
		},
		async end() {
			await cluster?.stop();
			rmSync(directory, { recursive: true, force: true });
		}
	};
}

/** Asks a database past the application. */
export async function ask<Row>(url: string, text: string): Promise<Row[]> {
	if (url.startsWith('file:')) {
		const connection = new BetterSqlite(pathOf(url), { readonly: true, timeout: 10_000 });
		try {
			return connection.prepare(text).all() as Row[];
		} finally {
			connection.close();
		}
	}
	const client = new Client({ connectionString: url });
	client.on('error', () => {});
	await client.connect();
	try {
		return (await client.query(text)).rows as Row[];
	} finally {
		await client.end();
	}
}

/** The path of a SQLite database. */
export function pathOf(url: string): string {
	return url.replace('file:', '');
}

/** A text that nothing else has. */
export function marker(): string {
	return randomUUID();
}
