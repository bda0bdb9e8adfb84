import { and, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import * as accounts from '#lib/server/accounts/accounts.ts';
import * as roles from '#lib/server/accounts/roles.ts';
import * as sessions from '#lib/server/accounts/sessions/sessions.ts';
import { guest, system } from '#lib/server/actor.ts';
import type { Database } from '#lib/server/database/database.ts';
import { accounts as table, actions } from '#lib/server/database/schema.ts';
import { testDatabase } from '../support/database.ts';
import { form, person, refusal } from './support/people.ts';

let db: Database;
let admin: Awaited<ReturnType<typeof person>>;
let reader: Awaited<ReturnType<typeof person>>;

beforeEach(async () => {
	db = await testDatabase();
	admin = await person(db, 'Ada Chief', 'admin');
	reader = await person(db, 'Adam Reyher');
});

function logOf(accountId: string) {
	const isThis = and(eq(actions.kind, 'account.role'), eq(actions.accountId, accountId));
	return db.read.select().from(actions).where(isThis);
}

test('an administrator gives a role: logged, revised, signed out', async () => {
	const { token } = await sessions.create(db, reader.account.id);
	const given = await roles.give(db, admin.actor, { name: 'adam reyher', role: 'moderator' });
	expect(given).toMatchObject({ role: 'moderator', revision: reader.account.revision + 1 });
	expect(await sessions.read(db, token)).toBeNull();
	expect(await logOf(reader.account.id)).toMatchObject([
		{ actorId: admin.account.id, details: { from: 'reader', to: 'moderator' } }
	]);
});

test('giving what somebody has changes nothing', async () => {
	const { token } = await sessions.create(db, reader.account.id);
	await roles.give(db, admin.actor, { name: 'Adam Reyher', role: 'reader' });
	expect(await sessions.read(db, token)).not.toBeNull();
	expect(await logOf(reader.account.id)).toEqual([]);
});

describe('refused', () => {
	test.each([
		['a guest', () => guest(), { name: 'Adam Reyher', role: 'admin' }, 401],
		['a reader', () => reader.actor, { name: 'Adam Reyher', role: 'admin' }, 403],
		['an unknown name', () => admin.actor, { name: 'Nobody', role: 'editor' }, 404],
		['an unknown role', () => admin.actor, { name: 'Adam Reyher', role: 'owner' }, 422],
		['a role of Object', () => admin.actor, { name: 'Adam Reyher', role: 'constructor' }, 422],
		['the last administrator', () => admin.actor, { name: 'Ada Chief', role: 'reader' }, 409],
		['the last one by the operator', () => system, { name: 'Ada Chief', role: 'reader' }, 409]
	])('%s', async (_, actor, input, status) => {
		expect((await refusal(roles.give(db, actor(), input))).status).toBe(status);
		expect(await logOf(reader.account.id)).toEqual([]);
		expect(await db.read.$count(table, eq(table.role, 'admin'))).toBe(1);
	});

	test.each(['moderator', 'editor'] as const)('a %s', async (role) => {
		const { actor } = await person(db, 'Mona Staff', role);
		const attempt = roles.give(db, actor, { name: 'Mona Staff', role: 'admin' });
		expect((await refusal(attempt)).status).toBe(403);
	});
});

test('two administrators who demote each other leave one', async () => {
	const second = await person(db, 'Bea Chief', 'admin');
	const outcomes = await Promise.allSettled([
		roles.give(db, admin.actor, { name: 'Bea Chief', role: 'reader' }),
		roles.give(db, second.actor, { name: 'Ada Chief', role: 'reader' })
	]);
	expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
	expect(await db.read.$count(table, eq(table.role, 'admin'))).toBe(1);
});

describe('accounts of the operator', () => {
	test('may have any role and a name of the newsroom', async () => {
		const input = { ...form('Editor'), role: 'editor' as const };
		const account = await accounts.create(db, system, input);
		expect(account).toMatchObject({ name: 'Editor', role: 'editor' });
		expect(await logOf(account.id)).toMatchObject([
			{ actorId: null, details: { from: null, to: 'editor' } }
		]);
	});

	test('are made by administrators only', async () => {
		const attempt = accounts.create(db, reader.actor, { ...form('New One'), role: 'admin' });
		expect((await refusal(attempt)).status).toBe(403);
	});

	test('are refused when taken', async () => {
		const attempt = accounts.create(db, system, { ...form('ADAM reyher'), role: 'reader' });
		expect((await refusal(attempt)).status).toBe(409);
	});
});

describe('the list', () => {
	test('is for administrators, newest first, in pages', async () => {
		for (const letter of 'abcde') await person(db, `Reader ${letter}`);
		const names: string[] = [];
		let cursor: string | null = null;
		do {
			const page: Awaited<ReturnType<typeof accounts.list>> = await accounts.list(db, admin.actor, {
				cursor,
				limit: 3
			});
			expect(page.items.length).toBeLessThanOrEqual(3);
			names.push(...page.items.map((account) => account.name));
			cursor = page.next;
		} while (cursor);
		expect(names).toEqual([
			...['Reader e', 'Reader d', 'Reader c', 'Reader b', 'Reader a', 'Adam Reyher', 'Ada Chief']
		]);
	});

	test('shows addresses but no hashes', async () => {
		const { items } = await accounts.list(db, admin.actor);
		expect(items[0].email).toBe('adam.reyher@example.org');
		expect(JSON.stringify(items)).not.toContain('argon2');
	});

	test('refuses others and bad cursors', async () => {
		expect((await refusal(accounts.list(db, reader.actor))).status).toBe(403);
		const attempt = accounts.list(db, admin.actor, { cursor: 'x' });
		expect((await refusal(attempt)).status).toBe(400);
	});

	test('one’s own account has its address', async () => {
		expect((await accounts.own(db, reader.actor)).email).toBe('adam.reyher@example.org');
		expect((await refusal(accounts.own(db, guest()))).status).toBe(401);
	});
});
