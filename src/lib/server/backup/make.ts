import { existsSync, rmSync, statSync } from 'node:fs';
import { mkdir, rename, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { dialect } from '../database/columns.ts';
import { sqlitePath } from '../database/sqlite.ts';
import { BadBackup } from './bad-backup.ts';
import type { Contents } from './examine.ts';
import { flushName, pack, unpack } from './files.ts';
import { unfinished } from './names.ts';
import { exportDatabase } from './postgres.ts';
import { sealOf } from './seal.ts';
import { copyDatabase, removeDatabase } from './sqlite.ts';

/** A backup that was made. */
export interface Backup {
	file: string;
	bytes: number;
	holds: Contents;
}

/** How the names of this database's backups end. */
export const ENDING = dialect === 'postgres' ? '.jsonl.gz' : '.db';

/** Whether two paths lead to the same file. */
function isSameFile(one: string, other: string): boolean {
	const [a, b] = [one, other].map((path) => statSync(path, { throwIfNoEntry: false }));
	return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
}

function assertTarget(url: string, target: string): void {
	if (dialect === 'postgres') {
		if (target.endsWith('.jsonl.gz')) return;
		throw new BadBackup('The name of a backup of PostgreSQL ends in .jsonl.gz.');
	}
	const database = sqlitePath(url);
	if (!existsSync(database)) throw new BadBackup('There is no database yet.');
	const own = ['', '-wal', '-shm', '-journal'].map((ending) => database + ending);
	if (own.some((path) => isSameFile(path, target))) {
		throw new BadBackup('That is the database itself.');
	}
}

/** Packs a sealed copy, and looks whether it can be unpacked again. */
async function packed(copy: string): Promise<string> {
	const file = `${copy}.gz`;
	const again = `${copy}.again`;
	try {
		await pack(copy, file);
		await unpack(file, again);
		if ((await sealOf(again)) !== 'whole') throw new BadBackup('The packed copy is damaged.');
		return file;
	} finally {
		removeDatabase(again);
	}
}

/** The finished file under its unfinished name, and how much it holds. */
async function write(url: string, partial: string, target: string): Promise<[string, Contents]> {
	if (dialect === 'postgres') return [partial, await exportDatabase(url, partial)];
	const copy = target.endsWith('.gz') ? partial.slice(0, -'.gz'.length) : partial;
	const holds = await copyDatabase(sqlitePath(url), copy);
	return [copy === partial ? copy : await packed(copy), holds];
}

/**
 * Makes a backup while the site is served. The file bears its name when it is whole, on the disk and
 * looked through; only its owner may read it. What had that name before is replaced then.
 * @param target its path; ending in `.gz` it is packed.
 * @throws {BadBackup} when the database is damaged; {Error} when the file cannot be written.
 */
export async function make(url: string, target: string): Promise<Backup> {
	assertTarget(url, target);
	const directory = dirname(target);
	await mkdir(directory, { recursive: true, mode: 0o700 });
	const partial = join(directory, unfinished(basename(target)));
	const remove = () => {
		removeDatabase(partial);
		removeDatabase(partial.replace(/\.gz$/, ''));
		rmSync(partial, { force: true });
	};
	process.once('exit', remove);
	try {
		const [file, holds] = await write(url, partial, target);
		const { size } = await stat(file);
		await rename(file, target);
		await flushName(target);
		return { file: target, bytes: size, holds };
	} finally {
		process.off('exit', remove);
		remove();
	}
}
