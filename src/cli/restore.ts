import { BadBackup } from '../lib/server/backup/bad-backup.ts';
import { restore, type Restored } from '../lib/server/backup/restore.ts';
import { config } from '../lib/server/config.ts';
import { expect, read, type Command } from './command.ts';
import { pathOf } from './paths.ts';
import { things } from './progress.ts';
import { answer, say } from './terminal.ts';

const HELP = `Makes the site what a backup holds. Stop the server first. The file is looked through before
anything is changed; one of an older version is brought up to date.

  restore FILE

  --json  {"file": …, "holds": {…}, "replaced": path or null, "sealed": boolean}

SQLite: the database that was there is kept beside the new one. PostgreSQL: DATABASE_URL must name
an empty database. Everybody has to sign in again, links that were mailed are over, mail that
waited is not sent. What was done since the backup is undone, deletions of accounts too.`;

function words({ holds, replaced, sealed }: Restored): string[] {
	const { comments, articles, accounts } = holds;
	const counts = [
		things('comment')(comments),
		things('article')(articles),
		things('account')(accounts)
	];
	return [
		`Restored ${counts.join(', ')}.`,
		...(replaced === null ? [] : [`The database that was there is kept as ${replaced}`]),
		...(sealed ? [] : ['The file has no checksum: only its structure could be looked through.']),
		'All sessions and mailed links have ended.'
	];
}

async function restoreFrom(file: string): Promise<Restored> {
	try {
		return await restore(config().databaseUrl, file);
	} catch (error) {
		if (!(error instanceof BadBackup)) throw error;
		throw new Error(`${file} cannot be restored. ${error.message} Nothing was changed.`, {
			cause: error
		});
	}
}

/** Restores a backup. */
export const command: Command = {
	summary: 'make the site what a backup holds; the server must not run',
	help: HELP,
	async run(args) {
		const { values, positionals } = read(args, {});
		expect(positionals, 'FILE');
		const file = pathOf(positionals[0]);
		const restored = await restoreFrom(file);
		words(restored).forEach(say);
		if (values.json) answer(true, { file, ...restored }, '');
	}
};
