import * as accounts from '../lib/server/accounts/accounts.ts';
import * as roles from '../lib/server/accounts/roles.ts';
import { ROLES, system, type Role } from '../lib/server/actor.ts';
import type { Database } from '../lib/server/database/database.ts';
import { needed, tell, WrongUsage, type Answer, type Command } from './command.ts';
import { askPassword } from './password.ts';

function readRole(text: string): Role {
	if (roles.isRole(text)) return text;
	throw new WrongUsage(`A role is one of ${ROLES.join(', ')}.`);
}

async function create(
	db: Database,
	name: string | undefined,
	values: Record<string, string | boolean | undefined>
): Promise<Answer> {
	if (!name) throw new WrongUsage('Which name should the account have?');
	const email = needed(values, 'email');
	const role = readRole(needed(values, 'role'));
	const given = values.password;
	const password = typeof given === 'string' ? given : await askPassword();
	const account = await accounts.create(db, system, { name, email, role, password });
	tell(`${account.name} has an account now, as ${account.role}.`);
	return { json: { id: account.id, name: account.name, role: account.role }, text: '' };
}

async function role(db: Database, name?: string, wanted?: string): Promise<Answer> {
	if (!name || !wanted) throw new WrongUsage('Whose role, and which?');
	const account = await roles.give(db, system, { name, role: readRole(wanted) });
	tell(`${account.name} is ${account.role} now.`);
	return { json: { id: account.id, name: account.name, role: account.role }, text: '' };
}

async function list(db: Database): Promise<Answer> {
	const all: accounts.AccountWithEmail[] = [];
	let cursor: string | null = null;
	do {
		const page: Awaited<ReturnType<typeof accounts.list>> = await accounts.list(db, system, {
			cursor
		});
		all.push(...page.items);
		cursor = page.next;
	} while (cursor !== null);
	const text = all.map((each) => `${each.role.padEnd(10)} ${each.name}  ${each.email ?? ''}\n`);
	return {
		json: all.map(({ id, name, email, role, createdAt }) => ({
			...{ id, name, email, role },
			created_at: createdAt.toISOString()
		})),
		text: text.join('')
	};
}

/** `account create|role|list` */
export const account: Command = {
	usage: 'create NAME --email E --role ROLE [--password P] | role NAME ROLE | list',
	summary: 'make accounts, give roles, list accounts',
	options: {
		email: { type: 'string' },
		role: { type: 'string' },
		password: { type: 'string' }
	},
	async run({ words: [verb, name, wanted], values, database }) {
		if (verb === 'create') return create(await database(), name, values);
		if (verb === 'role') return role(await database(), name, wanted);
		if (verb === 'list') return list(await database());
		throw new WrongUsage('Say create, role or list.');
	}
};
