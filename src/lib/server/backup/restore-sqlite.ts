import BetterSqlite from 'better-sqlite3';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Database } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import { open } from '../database/open.ts';
import { sqlitePath } from '../database/sqlite.ts';
import { takeAlone } from './alone.ts';
import { BadBackup } from './bad-backup.ts';
import { examine } from './examine.ts';
import { copy, flush, unpack } from './files.ts';
import { fillFrom } from './fill.ts';
import { forget } from './forget.ts';
import type { Kind } from './kind.ts';
import { replace } from './replace.ts';
import type { Restored } from './restore.ts';
import { sealOf } from './seal.ts';
import { removeDatabase } from './sqlite.ts';

const RESTORING = '.restoring-';

/** Where the new database is prepared: beside the old one; what earlier tries left there goes. */
function placeFor(database: string): string {
	const prefix = basename(database) + RESTORING;
	for (const name of readdirSync(dirname(database))) {
		if (name.startsWith(prefix)) rmSync(join(dirname(database), name), { force: true });
	}
	return database + RESTORING + process.pid;
}

async function withOpen(place: string, work: (db: Database) => Promise<void>): Promise<void> {
	const db = await open(`file:${place}`);
	await work(db).finally(() => db.close());
}

function removeSeal(place: string): void {
	const connection = new BetterSqlite(place);
	try {
		connection.pragma('application_id = 0');
		connection.pragma('user_version = 0');
	} finally {
		connection.close();
	}
}

/** Brings a database file, looks through it and up to date. @returns whether a seal showed that it is whole */
async function bring(file: string, packed: boolean, place: string): Promise<boolean> {
	await (packed ? unpack(file, place) : copy(file, place));
	const state = await sealOf(place);
	if (state === 'broken') {
		throw new BadBackup(
			'It is not as it was made: something in it was changed, or it is cut short.'
		);
	}
	await examine(place);
	removeSeal(place);
	await migrate(`file:${place}`);
	return state === 'whole';
}

/** The new database, of this version, without what must not come back. */
async function prepare(file: string, kind: Kind, place: string): Promise<boolean> {
	let sealed = true;
	if (kind.is === 'database') sealed = await bring(file, kind.packed, place);
	else {
		await migrate(`file:${place}`);
		await withOpen(place, (db) => fillFrom(db, file));
	}
	await withOpen(place, (db) => forget(db, basename(file)));
	return sealed;
}

/** Makes a SQLite database what a backup holds; the one that was there is kept beside it. */
export async function restoreSqlite(url: string, file: string, kind: Kind): Promise<Restored> {
	const database = sqlitePath(url);
	await mkdir(dirname(database), { recursive: true, mode: 0o700 });
	// A first look, so that nobody waits for a large file only to hear this.
	if (existsSync(database)) takeAlone(database, false).release();
	const place = placeFor(database);
	const remove = () => removeDatabase(place);
	process.once('exit', remove);
	try {
		const sealed = await prepare(file, kind, place);
		const holds = await examine(place);
		await flush(place);
		return { holds, sealed, replaced: await replace(database, place) };
	} finally {
		process.off('exit', remove);
		remove();
	}
}
