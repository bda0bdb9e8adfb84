import { barredOf } from '../lib/server/accounts/barred.ts';
import * as tokens from '../lib/server/accounts/tokens.ts';
import { now } from '../lib/server/clock.ts';
import { expect, read, UsageError, type Command } from './command.ts';
import { withDatabase } from './database.ts';
import { answer, safe, say } from './terminal.ts';

const HELP = `Makes bearer tokens, with which programs act as an account, lists and revokes them.

  token create NAME
  token list [NAME]
  token revoke ID

"create" prints the token. It is shown this once: only its hash is kept. Programs send it as
"Authorization: Bearer TOKEN".

"list" has all tokens, or those of one account: when each was made, its ID and whom it acts as.

"revoke" makes a token worthless from the next request on. In place of the ID it takes the
token itself, such as one that was found where it should not be.

  --json  {"token": …} instead of the bare token; the list, or what was revoked, as JSON`;

async function create(args: string[]): Promise<void> {
	const { values, positionals } = read(args, {});
	expect(positionals, 'NAME');
	const token = await withDatabase({ create: false }, (db) => tokens.create(db, positionals[0]));
	answer(values.json, { token }, token);
}

function shown({ id, createdAt, account }: tokens.ListedToken) {
	const { name, role, suspendedUntil, bannedAt } = account;
	return {
		...{ id, account: name, role, created_at: createdAt },
		...{ suspended_until: suspendedUntil, banned: bannedAt !== null }
	};
}

function line({ id, createdAt, account }: tokens.ListedToken): string {
	const { name, role } = account;
	const barred = barredOf(account, now());
	const columns = [createdAt.toISOString().slice(0, 10), id, role.padEnd(9), safe(name)];
	return `${columns.join('  ')}${barred ? `  (${barred.kind})` : ''}`;
}

async function list(args: string[]): Promise<void> {
	const { values, positionals } = read(args, {});
	const [name] = positionals;
	expect(positionals.slice(1));
	const all = await withDatabase({ create: false }, (db) => tokens.list(db, name));
	if (all.length > 0 || values.json) answer(values.json, all.map(shown), all.map(line).join('\n'));
	else say(name === undefined ? 'There is no token.' : `There is no token of ${safe(name)}.`);
}

async function revoke(args: string[]): Promise<void> {
	const { values, positionals } = read(args, {});
	expect(positionals, 'ID');
	const gone = await withDatabase({ create: false }, (db) => tokens.revoke(db, positionals[0]));
	say(`A token of ${safe(gone.account.name)} is revoked.`);
	if (values.json) answer(true, { ...shown(gone), revoked: true }, '');
}

const ACTS: Record<string, (args: string[]) => Promise<void>> = { create, list, revoke };

/** Makes bearer tokens for programs, lists and revokes them. */
export const command: Command = {
	summary: 'make, list and revoke tokens with which programs act as accounts',
	help: HELP,
	async run([act = '', ...args]) {
		if (!Object.hasOwn(ACTS, act)) {
			throw new UsageError(act === '' ? 'Say what to do.' : `There is no "token ${act}".`);
		}
		await ACTS[act](args);
	}
};
