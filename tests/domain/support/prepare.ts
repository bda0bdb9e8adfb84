import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startCluster } from '../../support/postgres.ts';

/** Where a test file gets its databases from. */
export interface Source {
	dialect: 'sqlite' | 'postgres';
	/** The address of a migrated, empty database to copy. Nobody connects to it. */
	template: string;
	/** SQLite: the directory of the copies. PostgreSQL: the address of a database to give orders in. */
	home: string;
}

declare module 'vitest' {
	interface ProvidedContext {
		databases: Source;
	}
}

const TEMPLATE = 'template_of_tests';

/** Runs once before the suite: makes a migrated database, which each test's is a copy of. */
export default async function prepare(project: TestProject): Promise<() => Promise<void>> {
	const wanted = process.env.TEST_DATABASE ?? 'sqlite';
	if (wanted !== 'sqlite' && wanted !== 'postgres') {
		throw new Error(`TEST_DATABASE is sqlite or postgres, not ${wanted}.`);
	}
	const { source, clean } = wanted === 'postgres' ? await onPostgres() : await onSqlite();
	project.provide('databases', source);
	return clean;
}

async function onSqlite() {
	const home = await mkdtemp(join(tmpdir(), 'afterword-domain-'));
	const template = `file:${join(home, 'template.db')}`;
	await migrate(template);
	const source: Source = { dialect: 'sqlite', template, home };
	return { source, clean: () => rm(home, { recursive: true, force: true }) };
}

async function onPostgres() {
	const cluster = await startCluster();
	await cluster.create(TEMPLATE);
	const template = cluster.url(TEMPLATE);
	await migrate(template);
	const source: Source = { dialect: 'postgres', template, home: cluster.url('postgres') };
	return { source, clean: cluster.stop };
}

/** The schema picks its dialect by DATABASE_URL when it is loaded, so that is set first. */
async function migrate(url: string): Promise<void> {
	process.env.DATABASE_URL = url;
	const migrations = await import('#lib/server/database/migrate.ts');
	await migrations.migrate(url);
}
