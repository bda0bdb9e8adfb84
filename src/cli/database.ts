import { setTimeout } from 'node:timers/promises';
import { config } from '../lib/server/config.ts';
import type { Database } from '../lib/server/database/database.ts';
import { migrate } from '../lib/server/database/migrate.ts';
import { assertInService } from '../lib/server/database/moved.ts';
import { open } from '../lib/server/database/open.ts';
import { schemaState } from '../lib/server/database/schema-state.ts';
import { isRefusal } from '../lib/server/refusal.ts';
import * as site from '../lib/server/site/site.ts';
import { say } from './terminal.ts';

// A command can wait for longer than a reader.
const PATIENCE_MS = 5 * 60_000;
const PAUSE_MS = 500;

/** A database whose writes wait while another program keeps it busy. */
export function patient(db: Database): Database {
	let told = false;
	return {
		...db,
		async write(work) {
			const giveUpAt = performance.now() + PATIENCE_MS;
			for (;;) {
				try {
					return await db.write(work);
				} catch (error) {
					const busy = isRefusal(error) && error.code === 'busy';
					if (!busy || performance.now() > giveUpAt) throw error;
				}
				if (!told) say('Another program is writing to the database: waiting for it …');
				told = true;
				await setTimeout(PAUSE_MS);
			}
		}
	};
}

/**
 * Sees to it that the database is there and of this version's schema.
 * @param create makes it when there is none: a newsroom's first command may be any of those that fill it.
 * @throws {Error} with what to do.
 */
export async function assertReady(url: string, create: boolean): Promise<void> {
	await assertInService(url);
	const { kind } = await schemaState(url);
	if (kind === 'none' && create) return migrate(url);
	if (kind === 'none') {
		throw new Error('There is no database yet: start the server once, or import something.');
	}
	if (kind === 'older') {
		throw new Error(
			'The database is of an older version of Afterword. Bring it up to date with: npm run cli -- migrate'
		);
	}
	if (kind === 'newer') {
		throw new Error('The database is of a newer version of Afterword than this one.');
	}
}

/** Runs a command's work on the site's database, beside a server that may be running. */
export async function withDatabase<T>(
	options: { create: boolean; url?: string },
	work: (db: Database) => Promise<T>
): Promise<T> {
	const url = options.url ?? config().databaseUrl;
	await assertReady(url, options.create);
	const db = patient(await open(url));
	try {
		await site.ensure(db);
		return await work(db);
	} finally {
		await db.close();
	}
}
