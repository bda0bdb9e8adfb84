import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as setup from '#lib/server/accounts/signing-up/setup.ts';
import { shift } from '#lib/server/clock.ts';
import type { Database } from '#lib/server/database/database.ts';
import { accounts, actions, oneTimeTokens } from '#lib/server/database/schema.ts';
import { testDatabase } from '../support/database.ts';
import { form, person, refusal, stranger } from './support/people.ts';

const HOUR = 60 * 60 * 1000;

let db: Database;
beforeEach(async () => {
	db = await testDatabase();
});
afterEach(() => shift(0));

function admins() {
	return db.read.$count(accounts, eq(accounts.role, 'admin'));
}

test('the link makes the first administrator, once', async () => {
	expect(await setup.isNeeded(db.read)).toBe(true);
	const token = await setup.issueLink(db);
	expect(JSON.stringify(await db.read.select().from(oneTimeTokens))).not.toContain(token);
	await setup.assertValid(db.read, token);
	const account = await setup.claim(db, stranger(), token, form('Admin'));
	expect(account).toMatchObject({ name: 'Admin', role: 'admin' });
	expect(await setup.isNeeded(db.read)).toBe(false);
	expect(await db.read.select().from(actions)).toMatchObject([
		{ kind: 'account.role', accountId: account.id, details: { from: null, to: 'admin' } }
	]);
	const again = setup.claim(db, stranger(), token, form('Second Chief'));
	expect((await refusal(again)).status).toBe(404);
	expect((await refusal(setup.assertValid(db.read, token))).status).toBe(404);
	expect((await refusal(setup.issueLink(db))).status).toBe(409);
	expect(await admins()).toBe(1);
});

test.each([
	['the same link', async () => Array<string>(8).fill(await setup.issueLink(db))],
	['links made at once', () => Promise.all(Array.from({ length: 8 }, () => setup.issueLink(db)))]
])('of eight who use %s, one succeeds', async (_, links) => {
	const outcomes = await Promise.allSettled(
		(await links()).map((token, n) =>
			setup.claim(db, stranger(), token, form(`Chief ${'abcdefgh'[n]}`))
		)
	);
	expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
	expect(await admins()).toBe(1);
	expect(await db.read.$count(accounts)).toBe(1);
});

test('a newer link ends an older one', async () => {
	const older = await setup.issueLink(db);
	const newer = await setup.issueLink(db);
	expect((await refusal(setup.claim(db, stranger(), older, form('Ada Chief')))).status).toBe(404);
	expect((await setup.claim(db, stranger(), newer, form('Ada Chief'))).role).toBe('admin');
});

test('a link ends after a day', async () => {
	const token = await setup.issueLink(db);
	shift(25 * HOUR);
	expect((await refusal(setup.claim(db, stranger(), token, form('Ada Chief')))).status).toBe(404);
	expect(await admins()).toBe(0);
});

test('a link is dead once there is an administrator by other means', async () => {
	const token = await setup.issueLink(db);
	await person(db, 'Bea Chief', 'admin');
	expect((await refusal(setup.claim(db, stranger(), token, form('Ada Chief')))).status).toBe(404);
	expect(await admins()).toBe(1);
});

test('a mistake in the form leaves the link working', async () => {
	await person(db, 'Ada Chief');
	const token = await setup.issueLink(db);
	const taken = setup.claim(db, stranger(), token, form('Ada Chief'));
	expect((await refusal(taken)).status).toBe(409);
	const weak = setup.claim(db, stranger(), token, form('Bea Chief', { password: 'password123' }));
	expect((await refusal(weak)).status).toBe(422);
	expect((await setup.claim(db, stranger(), token, form('Bea Chief'))).role).toBe('admin');
});

test.each([[''], ['x'.repeat(43)], ['\0'], ['constructor']])('%j is no link', async (token) => {
	await setup.issueLink(db);
	expect((await refusal(setup.claim(db, stranger(), token, form('Ada Chief')))).status).toBe(404);
});
