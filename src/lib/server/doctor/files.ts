import { statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { sqlitePath } from '../database/sqlite.ts';
import { ok, unless, warning, wrong, type Check, type Finding, type Patient } from './finding.ts';

const OTHERS = 0o077;
const GIB = 1024 ** 3;
const LITTLE_BYTES = GIB;
const TOO_LITTLE_BYTES = GIB / 10;

function pathOf({ config }: Patient): string | null {
	return config.dialect === 'sqlite' ? resolve(sqlitePath(config.databaseUrl)) : null;
}

function isOpenToOthers(path: string): boolean {
	const about = statSync(path, { throwIfNoEntry: false });
	return about !== undefined && (about.mode & OTHERS) !== 0;
}

function fileFault(path: string, directoryIsOpen: boolean): Finding | null {
	const open = [path, `${path}-wal`, `${path}-shm`].filter(isOpenToOthers);
	if (open.length === 0) return null;
	const mend = `chmod 600 ${open.join(' ')}`;
	const words = 'Other users of this machine have rights to the database’s files';
	if (!directoryIsOpen) return warning(`${words}; only its directory keeps them away.`, mend);
	return wrong(`${words}: e-mail addresses and password hashes are in them.`, mend);
}

function ownerFault(path: string): Finding | null {
	const uid = process.getuid?.();
	const owner = statSync(path, { throwIfNoEntry: false })?.uid;
	if (uid === undefined || owner === undefined || uid === owner) return null;
	return warning(
		'The database belongs to another user than the one that runs this.',
		'Run server and commands as the same user, or give it the files with chown.'
	);
}

/** Whether others on the machine can get at the database's files. */
export const fileRights: Check = {
	key: 'files',
	name: 'Rights of files',
	look(patient) {
		const path = pathOf(patient);
		if (path === null) return [ok('The database’s files are PostgreSQL’s to keep.')];
		const directory = dirname(path);
		const isOpen = isOpenToOthers(directory);
		const mend = `chmod 700 ${directory}`;
		return unless(
			[
				fileFault(path, isOpen),
				isOpen && warning('Other users of this machine can look into the data directory.', mend),
				ownerFault(path)
			],
			'Only their owner can open the database’s files.'
		);
	}
};

/** Whether there is room to write. */
export const disk: Check = {
	key: 'disk',
	name: 'Disk',
	async look(patient) {
		const path = pathOf(patient);
		if (path === null) return [ok('The disk of the database is PostgreSQL’s.')];
		const { bavail, bsize } = await statfs(dirname(path));
		const free = bavail * bsize;
		const words = `${(free / GIB).toFixed(1)} GiB are free where the database is.`;
		const mend = 'Make room: when the disk is full nobody can post.';
		if (free < TOO_LITTLE_BYTES) return [wrong(words, mend)];
		return [free < LITTLE_BYTES ? warning(words, mend) : ok(words)];
	}
};
