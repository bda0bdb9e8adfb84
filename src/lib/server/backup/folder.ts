import BetterSqlite from 'better-sqlite3';
import { closeSync, lstatSync, openSync, readdirSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { now } from '../clock.ts';
import { OWNER_ONLY } from './files.ts';
import { ENDING, make, type Backup } from './make.ts';
import { isUnfinished, madeAt, nameAt } from './names.ts';

const HOUR_MS = 3600 * 1000;
// A backup from a clock that was wrong must not keep others from being made.
const AHEAD_MS = HOUR_MS;
const LOCK = '.making';

/** A backup in the directory. */
export interface Kept {
	name: string;
	at: Date;
}

/** How backups in a directory are made. */
export interface Folder {
	directory: string;
	/** How many are kept; all of them without it. */
	keep?: number;
	/** Makes one only if the last one is as many hours old. */
	every?: number;
}

function isFile(path: string): boolean {
	return lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** The backups in a directory, newest first; none where there is no such directory. */
export function list(directory: string): Kept[] {
	let names: string[];
	try {
		names = readdirSync(directory);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
		throw error;
	}
	const latest = now().getTime() + AHEAD_MS;
	return names
		.map((name) => ({ name, at: madeAt(name) }))
		.filter((entry): entry is Kept => entry.at !== null && entry.at.getTime() <= latest)
		.filter(({ name }) => isFile(join(directory, name)))
		.sort((a, b) => b.at.getTime() - a.at.getTime());
}

/** Whether the last backup is so many hours old, or there is none. */
export function isDue(directory: string, every: number): boolean {
	const [last] = list(directory);
	return last === undefined || now().getTime() - last.at.getTime() >= every * HOUR_MS;
}

/** Takes the directory's lock, which the system takes back from a process that ends; null if another has it. */
function takeLock(directory: string): (() => void) | null {
	const path = join(directory, LOCK);
	closeSync(openSync(path, 'a', OWNER_ONLY));
	const connection = new BetterSqlite(path, { timeout: 0 });
	try {
		connection.exec('BEGIN EXCLUSIVE');
		return () => connection.close();
	} catch (error) {
		connection.close();
		if ((error as { code?: unknown }).code === 'SQLITE_BUSY') return null;
		throw error;
	}
}

/** Removes all but the newest, and what backups left that were ended in the middle. */
function tidy({ directory, keep }: Folder): string[] {
	for (const name of readdirSync(directory).filter(isUnfinished)) {
		rmSync(join(directory, name), { force: true });
	}
	const old = keep === undefined ? [] : list(directory).slice(keep);
	for (const { name } of old) rmSync(join(directory, name), { force: true });
	return old.map(({ name }) => name);
}

/**
 * Makes a backup in a directory under a name that tells when, then removes the oldest; of several
 * processes only one does it at a time.
 * @returns null if another process is at it, or none is due.
 * @throws {Error} when it cannot be made; then all that were there still are.
 */
export async function add(
	url: string,
	folder: Folder
): Promise<(Backup & { removed: string[] }) | null> {
	const { directory, every } = folder;
	await mkdir(directory, { recursive: true, mode: 0o700 });
	const release = takeLock(directory);
	if (release === null) return null;
	try {
		if (every !== undefined && !isDue(directory, every)) return null;
		const backup = await make(url, join(directory, nameAt(now(), ENDING)));
		return { ...backup, removed: tidy(folder) };
	} finally {
		release();
	}
}
