import * as tokens from '../lib/server/accounts/tokens.ts';
import { expect, read, UsageError, type Command } from './command.ts';
import { withDatabase } from './database.ts';
import { answer } from './terminal.ts';

const HELP = `Makes a bearer token, with which a program acts as an account, and prints it.

  token create NAME

It is shown this once: only its hash is kept. Programs send it as
"Authorization: Bearer TOKEN".

  --json  {"token": …} instead of the bare token`;

/** Makes bearer tokens for programs. */
export const command: Command = {
	summary: 'make a token with which a program acts as an account',
	help: HELP,
	async run([act = '', ...args]) {
		if (act !== 'create') {
			throw new UsageError(act === '' ? 'Say what to do.' : `There is no "token ${act}".`);
		}
		const { values, positionals } = read(args, {});
		expect(positionals, 'NAME');
		const token = await withDatabase({ create: false }, (db) => tokens.create(db, positionals[0]));
		answer(values.json, { token }, token);
	}
};
