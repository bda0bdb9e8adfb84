import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mailsTo, tokenFor } from './support/mailed.ts';
import { form, PASSWORD, person, refusal, stranger } from './support/people.ts';
import * as credentials from '#lib/server/accounts/credentials.ts';
import * as links from '#lib/server/accounts/links/links.ts';
import * as signUps from '#lib/server/accounts/signing-up/sign-up.ts';
import { shift } from '#lib/server/clock.ts';
import type { Database } from '#lib/server/database/database.ts';
import { accounts, oneTimeTokens } from '#lib/server/database/schema.ts';
import { testDatabase } from '../support/database.ts';
import { outcomes } from '../support/refusals.ts';
import { withMail } from '../mail/support/mailing.ts';
import * as given from '../support/settings.ts';

withMail();
given.set({ RATE_LIMITS: 'on' });

const DAY = 24 * 60 * 60 * 1000;

let db: Database;
beforeEach(async () => {
	db = await testDatabase();
});
afterEach(() => shift(0));

function ask(name: string, rest: { email?: string; next?: string } = {}) {
	return signUps.signUp(db, stranger(), { ...form(name), ...rest });
}

describe('where mail can be sent, signing up', () => {
	test('makes nothing until the link is followed, and then a confirmed account', async () => {
		expect(await ask('Zoë Winter', { email: 'zoe@example.org', next: '/help' })).toBeNull();
		expect(await db.read.$count(accounts)).toBe(0);
		const early = credentials.signIn(db, stranger(), { name: 'Zoë Winter', password: PASSWORD });
		expect((await refusal(early)).status).toBe(401);
		const secret = await tokenFor(db, 'zoe@example.org', '/confirm');
		expect(JSON.stringify(await db.read.select().from(oneTimeTokens))).not.toContain(secret);
		const seen = { name: 'Zoë Winter', email: 'zoe@example.org', isTaken: false };
		expect(await signUps.look(db.read, secret)).toEqual(seen);
		const made = await signUps.confirm(db, stranger(), { secret, name: '' });
		expect(made).toMatchObject({ next: '/help', account: { role: 'reader', unconfirmed: false } });
		await credentials.signIn(db, stranger(), { name: 'zoe@example.org', password: PASSWORD });
	});

	test('answers for an address that has an account as for any other, and tells its owner', async () => {
		await person(db, 'Ann Reader');
		expect(await ask('Ben Reader', { email: 'Ann.Reader@example.org' })).toBeNull();
		const [mail, ...more] = await mailsTo(db, 'Ann.Reader@example.org');
		expect(more).toEqual([]);
		expect(mail.subject).toBe('You already have an account');
		expect(mail.text).toMatch(/Ann Reader/);
		expect(mail.text).not.toMatch(/token=/);
		// The name is as free as it was.
		expect(await ask('Ben Reader', { email: 'ben@example.org' })).toBeNull();
		expect(await ask('Ben Reader', { email: 'ben@example.org' })).toBeNull();
	});

	test('says that a name is taken, now or since', async () => {
		await ask('Ann Reader', { email: 'one@example.org' });
		const secret = await tokenFor(db, 'one@example.org', '/confirm');
		await person(db, 'Ann Reader');
		expect((await refusal(ask('Ann_Reader'))).code).toBe('name-taken');
		expect((await signUps.look(db.read, secret)).isTaken).toBe(true);
		const taken = signUps.confirm(db, stranger(), { secret, name: '' });
		expect((await refusal(taken)).code).toBe('name-taken');
		const { account } = await signUps.confirm(db, stranger(), { secret, name: 'Ann Writer' });
		expect(account.name).toBe('Ann Writer');
	});

	test('fills no letter box, and does not say so', async () => {
		for (let n = 0; n < 8; n++) await ask(`Ann ${'abcdefgh'[n]}bc`, { email: 'ann@example.org' });
		expect(await mailsTo(db, 'ann@example.org')).toHaveLength(5);
	});
});

test('a link works once, for a day, for one account of an address', async () => {
	await ask('Ann Reader', { email: 'ann@example.org' });
	const secret = await tokenFor(db, 'ann@example.org', '/confirm');
	await ask('Ann Writer', { email: 'ann@example.org' });
	const second = await tokenFor(db, 'ann@example.org', '/confirm');
	const both = Array.from({ length: 4 }, () =>
		signUps.confirm(db, stranger(), { secret, name: '' })
	);
	const answers = await outcomes(both);
	expect(answers).toMatchObject({ done: 1 });
	const other = signUps.confirm(db, stranger(), { secret: second, name: '' });
	expect((await refusal(other)).code).toBe('account-taken');
	expect(await db.read.$count(accounts, eq(accounts.emailKey, 'ann@example.org'))).toBe(1);
	await ask('Bea Late', { email: 'bea@example.org' });
	const late = await tokenFor(db, 'bea@example.org', '/confirm');
	shift(DAY + 1000);
	expect((await refusal(signUps.look(db.read, late))).status).toBe(404);
	await links.sweep(db);
	expect(await db.read.$count(oneTimeTokens)).toBe(0);
});
