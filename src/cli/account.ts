import { ROLES, system } from '../lib/server/actor.ts';
import * as accounts from '../lib/server/accounts/accounts.ts';
import * as deletion from '../lib/server/accounts/leaving/deletion.ts';
import * as moderates from '../lib/server/accounts/moderates.ts';
import * as secondFactors from '../lib/server/accounts/factors/second-factors.ts';
import * as roles from '../lib/server/accounts/roles.ts';
import { expect, read, UsageError, type Command } from './command.ts';
import { withDatabase } from './database.ts';
import { answer, askPassword, safe, say } from './terminal.ts';

const HELP = `Makes and deletes accounts, gives roles, limits moderators to categories and lists who has an account.

  account create NAME --email ADDRESS --role ROLE [--password PASSWORD]
  account role NAME ROLE
  account categories NAME [CATEGORY …]
  account delete NAME [--comments]
  account second-factors NAME --remove
  account list

ROLE is one of ${ROLES.join(', ')}. Without --password the password is asked for,
or read from standard input when that is no terminal.

second-factors --remove is for who lost everything: it takes the passkeys, the authenticator
app and the recovery codes of an account away, ends its sessions and tells its owner by mail.

CATEGORY is the last part of a category's address. A moderator of some categories is a
reader in the others; without any category it moderates all of them.

Deleting is done at once and for good, unlike when somebody deletes their own account, who
has a day to think. The person's comments stay under "Deleted account"; with --comments they
are taken away as well.

  --json  the account, or the list of accounts, as JSON`;

function readRole(text: string | undefined) {
	if (text === undefined) throw new UsageError('--role is missing.');
	if (roles.isRole(text)) return text;
	throw new UsageError(`The roles are ${ROLES.join(', ')}; there is no "${text}".`);
}

function shown(account: accounts.AccountWithEmail) {
	const { id, name, email, role, createdAt, suspendedUntil, bannedAt } = account;
	return {
		...{ id, name, email, role, created_at: createdAt },
		...{ suspended_until: suspendedUntil, banned: bannedAt !== null }
	};
}

async function create(args: string[]): Promise<void> {
	const { values, positionals } = read(args, {
		email: { type: 'string' },
		role: { type: 'string' },
		password: { type: 'string' }
	});
	expect(positionals, 'NAME');
	const [name] = positionals;
	const { email } = values;
	const role = readRole(values.role);
	if (email === undefined) throw new UsageError('--email is missing.');
	const password = values.password ?? (await askPassword(name));
	const account = await withDatabase({ create: true }, (db) =>
		accounts.create(db, system, { name, email, password, role })
	);
	say(`${safe(account.name)} has an account now, as ${role}.`);
	if (values.json) answer(true, shown({ ...account, email }), '');
}

async function give(args: string[]): Promise<void> {
	const { values, positionals } = read(args, {});
	expect(positionals, 'NAME', 'ROLE');
	const role = readRole(positionals[1]);
	const account = await withDatabase({ create: true }, (db) =>
		roles.give(db, system, { name: positionals[0], role })
	);
	say(`${safe(account.name)} is ${role} now.`);
	if (values.json) answer(true, { id: account.id, name: account.name, role }, '');
}

async function limit(args: string[]): Promise<void> {
	const { values, positionals } = read(args, {});
	const [name, ...categories] = positionals;
	if (name === undefined) throw new UsageError('NAME is missing.');
	const account = await withDatabase({ create: true }, (db) =>
		moderates.limit(db, system, { name, categories })
	);
	const where = categories.length === 0 ? 'everywhere' : `in ${categories.map(safe).join(', ')}`;
	say(`${safe(account.name)} moderates ${where} now.`);
	if (values.json) answer(true, { id: account.id, name: account.name, categories }, '');
}

async function remove(args: string[]): Promise<void> {
	const { values, positionals } = read(args, { comments: { type: 'boolean', default: false } });
	expect(positionals, 'NAME');
	const [name] = positionals;
	const withComments = values.comments;
	await withDatabase({ create: false }, (db) =>
		deletion.deleteNow(db, system, { name, withComments })
	);
	say(`The account of ${safe(name)} is deleted${withComments ? ', with its comments' : ''}.`);
	if (values.json) answer(true, { name, deleted: true, comments: withComments }, '');
}

async function removeFactors(args: string[]): Promise<void> {
	const { values, positionals } = read(args, { remove: { type: 'boolean', default: false } });
	expect(positionals, 'NAME');
	if (!values.remove) throw new UsageError('Say --remove, for there is nothing else to be done.');
	const account = await withDatabase({ create: true }, (db) =>
		secondFactors.removeAll(db, system, { name: positionals[0] })
	);
	say(`${safe(account.name)} has no second factor now, and is signed out everywhere.`);
	if (values.json) answer(true, { id: account.id, name: account.name }, '');
}

function line({ name, email, role, createdAt, bannedAt }: accounts.AccountWithEmail): string {
	const columns = [
		createdAt.toISOString().slice(0, 10),
		role.padEnd(9),
		safe(name).padEnd(30),
		safe(email ?? '')
	];
	return `${columns.join('  ')}${bannedAt === null ? '' : '  (banned)'}`.trimEnd();
}

async function list(args: string[]): Promise<void> {
	const { values, positionals } = read(args, {});
	expect(positionals);
	const all = await withDatabase({ create: true }, async (db) => {
		const items: accounts.AccountWithEmail[] = [];
		let cursor: string | null = null;
		do {
			const page = await accounts.list(db, system, { cursor, limit: 200 });
			items.push(...page.items);
			cursor = page.next;
		} while (cursor !== null);
		return items;
	});
	if (all.length > 0 || values.json) answer(values.json, all.map(shown), all.map(line).join('\n'));
	else say('Nobody has an account yet.');
}

const ACTS: Record<string, (args: string[]) => Promise<void>> = {
	create,
	role: give,
	categories: limit,
	delete: remove,
	'second-factors': removeFactors,
	list
};

/** Makes and deletes accounts, gives roles, limits moderators to categories, lists. */
export const command: Command = {
	summary: 'make and delete accounts, give roles, list who has one',
	help: HELP,
	async run([act = '', ...args]) {
		if (!Object.hasOwn(ACTS, act)) {
			throw new UsageError(act === '' ? 'Say what to do.' : `There is no "account ${act}".`);
		}
		await ACTS[act](args);
	}
};
