import { config } from '../lib/server/config.ts';
import { migrate } from '../lib/server/database/migrate.ts';
import { schemaState } from '../lib/server/database/schema-state.ts';
import { expect, read, type Command } from './command.ts';
import { answer, say } from './terminal.ts';

const HELP = `Brings the database up to this version's schema, and makes it when there is none.
The server does the same when it starts.

  migrate

  --json  {"applied": number of migrations}`;

/** Brings the database up to date. */
export const command: Command = {
	summary: "bring the database up to this version's schema",
	help: HELP,
	async run(args) {
		const { values, positionals } = read(args, {});
		expect(positionals);
		const { databaseUrl } = config();
		const { kind, pending } = await schemaState(databaseUrl);
		if (kind === 'newer') {
			throw new Error('The database is of a newer version of Afterword than this one.');
		}
		await migrate(databaseUrl);
		const made = `${pending} migration${pending === 1 ? '' : 's'} made`;
		say(`The database is up to date${pending === 0 ? ' already' : `: ${made}`}.`);
		if (values.json) answer(true, { applied: pending }, '');
	}
};
