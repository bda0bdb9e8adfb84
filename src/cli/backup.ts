import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { system } from '../lib/server/actor.ts';
import { BadBackup } from '../lib/server/backup/bad-backup.ts';
import { add } from '../lib/server/backup/folder.ts';
import { make, type Backup } from '../lib/server/backup/make.ts';
import { config } from '../lib/server/config.ts';
import { sqlitePath } from '../lib/server/database/sqlite.ts';
import * as events from '../lib/server/security/events.ts';
import { read, UsageError, wholeNumber, type Command } from './command.ts';
import { assertReady, withDatabase } from './database.ts';
import { pathOf } from './paths.ts';
import { bytes, things } from './progress.ts';
import { answer, say } from './terminal.ts';

const HELP = `Makes a backup of the site as it is at this moment; the server may be running. The file is
looked through before it gets its name, and only its owner may read it: e-mail addresses, password
hashes and removed comments are in it.

  backup [FILE]
  backup [--to DIR] [--keep N]

  FILE    its name; ending in .gz it is packed (PostgreSQL: it ends in .jsonl.gz)
  --to    the directory of a backup that is named after the time; without it BACKUP_DIR, or
          "backups" beside the SQLite file
  --keep  removes all but the newest N in that directory afterwards
  --json  {"file": …, "bytes": number, "holds": {…}, "removed": […]}

A SQLite database is copied as it is, PostgreSQL is written in the interchange format. The way
back is the command restore.`;

const MOST_KEPT = 10_000;

function folderFor(to: string | undefined): string {
	if (to !== undefined) return pathOf(to);
	const { backups, dialect, databaseUrl } = config();
	if (backups.directory !== null) return backups.directory;
	if (dialect === 'sqlite') return join(dirname(sqlitePath(databaseUrl)), 'backups');
	throw new UsageError('Name a FILE or a directory (--to), or set BACKUP_DIR.');
}

interface Wanted {
	file?: string;
	to?: string;
	keep?: string;
}

/** What the arguments ask for. @throws {UsageError} */
function targetOf({
	file,
	to,
	keep
}: Wanted): { file: string } | { directory: string; keep?: number } {
	if (file !== undefined) {
		if (to !== undefined || keep !== undefined) {
			throw new UsageError('FILE goes without --to and --keep.');
		}
		const path = pathOf(file);
		if (existsSync(path) && statSync(path).isDirectory()) {
			throw new UsageError(`${path} is a directory: name it with --to.`);
		}
		return { file: path };
	}
	const directory = folderFor(to);
	if (keep === undefined) return { directory };
	const count = wholeNumber(keep, 'keep', MOST_KEPT);
	if (count === 0) throw new UsageError('--keep 0 would remove the new one too.');
	return { directory, keep: count };
}

async function makeOne(wanted: Wanted): Promise<Backup & { removed: string[] }> {
	const target = targetOf(wanted);
	const { databaseUrl } = config();
	await assertReady(databaseUrl, false);
	if ('file' in target) return { ...(await make(databaseUrl, target.file)), removed: [] };
	const made = await add(databaseUrl, target);
	if (made === null) throw new BadBackup('Another backup is being made in this directory.');
	return made;
}

/** Makes a backup. */
export const command: Command = {
	summary: 'make a backup, looked through, while the server runs',
	help: HELP,
	async run(args) {
		const { values, positionals } = read(args, {
			to: { type: 'string' },
			keep: { type: 'string' }
		});
		const [file, extra] = positionals;
		if (extra !== undefined) throw new UsageError(`"${extra}" is one argument too many.`);
		const made = await makeOne({ file, ...values });
		const { holds, removed } = made;
		const details = { file: made.file, comments: String(holds.comments) };
		await withDatabase({ create: false }, (db) =>
			events.record(db, system, 'backup.made', { details })
		);
		say(`Made ${made.file} (${bytes(made.bytes)}): ${things('comment')(holds.comments)}.`);
		if (removed.length > 0) say(`Removed ${removed.join(', ')}.`);
		if (values.json) answer(true, made, '');
	}
};
