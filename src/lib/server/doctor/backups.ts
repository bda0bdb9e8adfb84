import { statSync } from 'node:fs';
import { list } from '../backup/folder.ts';
import { now } from '../clock.ts';
import { ok, unless, warning, wrong, type Check, type Finding, type Patient } from './finding.ts';

const HOUR_MS = 3600 * 1000;
const DAY_HOURS = 24;
const OTHERS = 0o077;
// One that is late may be under way; one that is missing altogether is not.
const LATE = 2;
const SPARE_HOURS = 1;

function ageInWords(hours: number): string {
	if (hours < 1) return 'less than an hour';
	if (hours < 2 * DAY_HOURS) return `${Math.floor(hours)} hours`;
	return `${Math.floor(hours / DAY_HOURS)} days`;
}

function rightsFault(directory: string): Finding | null {
	const about = statSync(directory, { throwIfNoEntry: false });
	if (about === undefined || (about.mode & OTHERS) === 0) return null;
	const words = 'Other users of this machine can look into the directory of the backups.';
	return warning(words, `chmod 700 ${directory}`);
}

function made(directory: string, every: number): Finding {
	const [last] = list(directory);
	if (last === undefined) {
		const words = 'No backup has been made yet.';
		return warning(
			words,
			'The server makes one within minutes of its start; or npm run cli -- backup'
		);
	}
	const hours = (now().getTime() - last.at.getTime()) / HOUR_MS;
	const words = `The last backup is ${ageInWords(Math.max(0, hours))} old.`;
	if (hours <= every * LATE + SPARE_HOURS) return ok(words);
	return wrong(
		words,
		'The log of the server says why there is none (job.failed); npm run cli -- backup makes one.'
	);
}

function look({ config: { backups, dialect } }: Patient): Finding[] {
	const { directory, every } = backups;
	if (every === 0) return [ok('Something else makes the backups: the server does not.')];
	if (directory === null) {
		const words = 'The server makes no backups by itself.';
		const mend =
			'Set BACKUP_DIR, best on another disk; or BACKUP_EVERY=0 if something else makes them.';
		return [warning(words, mend)];
	}
	const last = made(directory, every);
	const rights = rightsFault(directory);
	if (last.state !== 'ok') return rights === null ? [last] : [last, rights];
	const portable =
		dialect === 'postgres' ? ' It is an export: pg_dump is quicker for a large site.' : '';
	return unless([rights], `${last.words}${portable}`);
}

/** How old the last backup is. */
export const backups: Check = { key: 'backups', name: 'Backups', look };
