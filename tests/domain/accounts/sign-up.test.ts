import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { system } from '#lib/server/actor.ts';
import { signUpGuard } from '#lib/server/accounts/signing-up/sign-up-guard.ts';
import { signUp } from '#lib/server/accounts/signing-up/sign-up.ts';
import * as accounts from '#lib/server/accounts/accounts.ts';
import type { Database } from '#lib/server/database/database.ts';
import { accounts as table } from '#lib/server/database/schema.ts';
import * as settings from '#lib/server/settings/settings.ts';
import { testDatabase } from '../support/database.ts';
import { form, PASSWORD, person, refusal, stranger } from './support/people.ts';
import * as given from '../support/settings.ts';

given.set({ RATE_LIMITS: 'on' });

let db: Database;
beforeAll(async () => {
	db = await testDatabase();
	await person(db, 'Adam Reyher');
});

test('makes a reader whose password is kept as argon2id only', async () => {
	const account = (await signUp(
		db,
		stranger(),
		form('Zoë  Winter', { email: 'Zoe@Example.org' })
	))!;
	expect(account).toMatchObject({ name: 'Zoë Winter', role: 'reader', bannedAt: null });
	const [row] = await db.read.select().from(table).where(eq(table.id, account.id));
	expect(row.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
	expect(row).toMatchObject({ nameKey: 'zoë winter', emailKey: 'zoe@example.org' });
	expect(JSON.stringify(row)).not.toContain(PASSWORD);
	expect(JSON.stringify(account)).not.toMatch(/argon2|example\.org/);
});

test('takes nothing else from the form', async () => {
	const forged = { ...form('Forger'), role: 'admin', id: 'x', bannedAt: null, revision: 9 };
	const account = (await signUp(db, stranger(), forged))!;
	expect(account).toMatchObject({ role: 'reader', revision: 1 });
	expect(account.id).not.toBe('x');
});

describe('refuses', () => {
	test.each([
		['a name that is taken', form('Adam Reyher', { email: 'new1@example.org' }), 409, 'name'],
		['the same in capitals', form('ADAM REYHER', { email: 'new2@example.org' }), 409, 'name'],
		['one that looks like it', form('Adam_Reyher', { email: 'new3@example.org' }), 409, 'name'],
		[
			'an address that is taken',
			form('Newcomer', { email: 'ADAM.reyher@example.org' }),
			409,
			undefined
		],
		['a bad name', form('admin'), 422, 'name'],
		['a bad address', form('Somebody', { email: 'nowhere' }), 422, 'email'],
		['a common password', form('Somebody', { password: 'password123' }), 422, 'password'],
		['the name as password', form('Somebody', { password: 'somebody2024' }), 422, 'password'],
		['a password of a megabyte', form('Somebody', { password: 'x'.repeat(1e6) }), 422, 'password']
	])('%s', async (_, input, status, field) => {
		const refused = await refusal(signUp(db, stranger(), input));
		expect([refused.status, refused.details.field]).toEqual([status, field]);
		expect(await db.read.$count(table, eq(table.email, input.email))).toBe(0);
	});

	test('an address that is taken in words that name both possibilities', async () => {
		const input = form('Nobody Else', { email: 'adam.reyher@example.org' });
		const refused = await refusal(signUp(db, stranger(), input));
		expect(refused.message).toMatch(/name or e-mail address/);
	});
});

describe('twenty at once', () => {
	test.each([
		['the same name and address', () => form('Twin Peak')],
		['the same name', (n: number) => form('Triple Peak', { email: `peak${n}@example.org` })],
		[
			'the same address',
			(n: number) => form(`Quad ${'abcdefghijklmnopqrst'[n]}`, { email: 'q@example.org' })
		],
		[
			'names that look alike',
			(n: number) => form(n % 2 ? 'Paul' : 'PauI', { email: `p${n}@example.org` })
		]
	])('with %s make one account', async (_, input) => {
		const before = await db.read.$count(table);
		const outcomes = await Promise.allSettled(
			Array.from({ length: 20 }, (_, n) => signUp(db, stranger(), input(n)))
		);
		const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
		expect(refused).toHaveLength(19);
		for (const { reason } of refused) expect((reason as { status: number }).status).toBe(409);
		expect(await db.read.$count(table)).toBe(before + 1);
	});
});

test('fifty from one network, then one a minute', async () => {
	await settings.change(db, system, signUpGuard, { mode: 'off' });
	const actor = stranger();
	const taken = form('Adam Reyher');
	for (let n = 0; n < 50; n++) {
		expect((await refusal(signUp(db, actor, taken))).status).toBe(409);
	}
	const refused = await refusal(signUp(db, actor, taken));
	expect(refused.status).toBe(429);
	expect(refused.details.retryAfter).toBeGreaterThan(0);
	expect((await refusal(signUp(db, stranger(), taken))).status).toBe(409);
});

test('people are found by name however it is written', async () => {
	const { account } = await person(db, 'Glen Eight');
	expect((await accounts.byName(db.read, 'GLEN  eight'))?.id).toBe(account.id);
	expect((await accounts.byId(db.read, account.id))?.name).toBe('Glen Eight');
});

test.each([['nobody here'], ['a\0b'], ['\ud800'], ['../x'], ['x'.repeat(5000)], ['']])(
	'nobody is called %j',
	async (name) => expect(await accounts.byName(db.read, name)).toBeNull()
);
