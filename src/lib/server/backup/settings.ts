import { realpathSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** Where and how often the running server makes backups. */
export interface BackupSettings {
	/** The directory that they go to, as an absolute path; null for none. */
	directory: string | null;
	/** Hours between two; 0 when something else makes them. */
	every: number;
	/** How many of the newest are kept. */
	keep: number;
}

/** The texts of the settings. */
export interface BackupTexts {
	directory: string;
	every: string;
	keep: string;
}

const MOST_HOURS = 24 * 366;
const MOST_KEPT = 10_000;
// What is served to everybody, or made anew with every build.
const SERVED = ['build', 'static', '.svelte-kit', 'src'];

function wholeNumber(text: string, least: number, most: number): number | null {
	const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
	return value >= least && value <= most ? value : null;
}

/** Where a path really leads, though its last parts are not there yet. */
function realPath(path: string): string {
	try {
		return realpathSync(path);
	} catch {
		const parent = dirname(path);
		return parent === path ? path : join(realPath(parent), relative(parent, path));
	}
}

/** Whether a path leads into a directory of the project that is served or built. */
function isServed(path: string): boolean {
	const real = realPath(path);
	return SERVED.some((name) => {
		const inside = relative(realPath(resolve(name)), real);
		return inside === '' || (!inside.startsWith('..') && resolve(inside) !== inside);
	});
}

/** Reads how backups are made; what is wrong is added to `problems`. */
export function readBackups(texts: BackupTexts, problems: string[]): BackupSettings {
	const every = wholeNumber(texts.every, 0, MOST_HOURS);
	const keep = wholeNumber(texts.keep, 1, MOST_KEPT);
	if (every === null) {
		problems.push(`BACKUP_EVERY must be a number of hours from 0 to ${MOST_HOURS}.`);
	}
	if (keep === null) problems.push(`BACKUP_KEEP must be a whole number from 1 to ${MOST_KEPT}.`);
	const directory = texts.directory === '' ? null : resolve(texts.directory);
	if (directory !== null && isServed(directory)) {
		problems.push('BACKUP_DIR must not lie where files are served from or built.');
	}
	return { directory, every: every ?? 0, keep: keep ?? 1 };
}
