import { config } from '../lib/server/config.ts';
import { upgrade } from '../lib/server/backup/upgrade.ts';
import { schemaState } from '../lib/server/database/schema-state.ts';
import { expect, read, type Command } from './command.ts';
import { answer, say } from './terminal.ts';

const HELP = `Brings the database up to this version's schema, and makes it when there is none.
The server does the same when it starts. A SQLite database with anything in it is backed up before,
into BACKUP_DIR or beside it.

  migrate

  --json  {"applied": number of migrations, "backup": path or null}`;

/** Brings the database up to date. */
export const command: Command = {
	summary: "bring the database up to this version's schema",
	help: HELP,
	async run(args) {
		const { values, positionals } = read(args, {});
		expect(positionals);
		const { pending } = await schemaState(config().databaseUrl);
		let backup: string | null = null;
		await upgrade(config(), (file) => {
			backup = file;
			say(file === null ? 'Backing up …' : `Backed up as ${file}.`);
		});
		const made = `${pending} migration${pending === 1 ? '' : 's'} made`;
		say(`The database is up to date${pending === 0 ? ' already' : `: ${made}`}.`);
		if (values.json) answer(true, { applied: pending, backup }, '');
	}
};
