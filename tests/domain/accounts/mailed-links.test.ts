import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mailsTo, tokenFor } from './support/mailed.ts';
import { PASSWORD, person, refusal, stranger } from './support/people.ts';
import * as accounts from '#lib/server/accounts/accounts.ts';
import * as credentials from '#lib/server/accounts/credentials.ts';
import * as emailChange from '#lib/server/accounts/addresses/email-change.ts';
import * as confirmation from '#lib/server/accounts/addresses/email-confirmation.ts';
import * as linkSignIn from '#lib/server/accounts/links/link-sign-in.ts';
import * as proofs from '#lib/server/accounts/proofs.ts';
import * as resets from '#lib/server/accounts/links/resets.ts';
import * as sessions from '#lib/server/accounts/sessions/sessions.ts';
import type { Member } from '#lib/server/actor.ts';
import { shift } from '#lib/server/clock.ts';
import type { Database } from '#lib/server/database/database.ts';
import * as tables from '#lib/server/database/schema.ts';
import { claim } from '#lib/server/mail/deliveries.ts';
import { testDatabase } from '../support/database.ts';
import { outcomes } from '../support/refusals.ts';
import { withMail } from '../mail/support/mailing.ts';

withMail();

const MINUTE = 60_000;
const NEW = 'a long walk at low tide';

let db: Database;
let ann: Member;
const ANN = 'ann.reader@example.org';
beforeEach(async () => {
	db = await testDatabase();
	ann = (await person(db, 'Ann Reader')).actor as Member;
});
afterEach(() => shift(0));

function signIn(password: string) {
	return credentials.signIn(db, stranger(), { name: 'Ann Reader', password });
}

async function row() {
	const [account] = await db.read
		.select()
		.from(tables.accounts)
		.where(eq(tables.accounts.id, ann.accountId));
	return account;
}

async function events(): Promise<string[]> {
	const rows = await db.read.select().from(tables.securityEvents);
	return rows.filter(({ accountId }) => accountId === ann.accountId).map(({ kind }) => kind);
}

describe('A7 a reset', () => {
	test.each(['Ann Reader', 'ANN reader', 'Ann.Reader@Example.org'])(
		'is asked for by %s',
		async (typed) => {
			await resets.ask(db, stranger(), typed);
			expect(await resets.look(db.read, await tokenFor(db, ANN, '/reset/password'))).toBe(
				'Ann Reader'
			);
		}
	);

	test('sets a password, ends all sessions, tells the owner, and is over', async () => {
		const { token } = await sessions.create(db, ann.accountId);
		await resets.ask(db, stranger(), ANN);
		const secret = await tokenFor(db, ANN, '/reset/password');
		expect(JSON.stringify(await db.read.select().from(tables.oneTimeTokens))).not.toContain(secret);
		const weak = resets.reset(db, stranger(), { secret, password: 'Ann Reader 99' });
		expect((await refusal(weak)).details.field).toBe('password');
		const tries = Array.from({ length: 3 }, () =>
			resets.reset(db, stranger(), { secret, password: NEW })
		);
		expect(await outcomes(tries)).toEqual({ done: 1, '404 link-over': 2 });
		expect(await sessions.read(db, token)).toBeNull();
		expect((await refusal(signIn(PASSWORD))).status).toBe(401);
		await signIn(NEW);
		expect((await mailsTo(db, ANN))[0].subject).toBe('Your password was changed');
		expect(await events()).toEqual(
			expect.arrayContaining(['password.reset-asked', 'password.reset'])
		);
	});

	test('ends with a newer one, after an hour, and when the address changes', async () => {
		await resets.ask(db, stranger(), ANN);
		const older = await tokenFor(db, ANN, '/reset/password');
		await resets.ask(db, stranger(), ANN);
		const newer = await tokenFor(db, ANN, '/reset/password');
		expect((await refusal(resets.look(db.read, older))).status).toBe(404);
		await resets.look(db.read, newer);
		const elsewhere = { email: 'x@example.org', emailKey: 'x@example.org' };
		await db.write((tx) => tx.update(tables.accounts).set(elsewhere));
		expect((await refusal(resets.look(db.read, newer))).status).toBe(404);
		const late = resets.reset(db, stranger(), { secret: newer, password: NEW });
		expect((await refusal(late)).status).toBe(404);
		await resets.ask(db, stranger(), 'x@example.org');
		const last = await tokenFor(db, 'x@example.org', '/reset/password');
		shift(61 * MINUTE);
		expect((await refusal(resets.look(db.read, last))).status).toBe(404);
	});

	test('has its secret in the mail alone, and another at each try', async () => {
		await resets.ask(db, stranger(), ANN);
		const secretOf = async () => {
			const mail = (await claim(db))!;
			const secret = /token=([\w-]{43})\n/.exec(mail.text)![1];
			expect(mail.html).toContain(`token=${secret}"`);
			const rows = [
				...(await mailsTo(db, ANN)),
				...(await db.read.select().from(tables.oneTimeTokens))
			];
			expect(JSON.stringify(rows)).not.toContain(secret);
			return secret;
		};
		const waiting = /token=([\w.]+)\n/.exec((await mailsTo(db, ANN))[0].text)![1];
		expect((await refusal(resets.look(db.read, waiting))).status).toBe(404);
		const first = await secretOf();
		await resets.look(db.read, first);
		shift(11 * MINUTE);
		const second = await secretOf();
		expect((await refusal(resets.look(db.read, first))).status).toBe(404);
		await resets.reset(db, stranger(), { secret: second, password: NEW });
		shift(22 * MINUTE);
		await claim(db);
		const third = (await claim(db))!;
		expect(third.text).toContain('token=unsent.');
	});

	test('is mailed to nobody for a name that nobody has', async () => {
		for (const typed of ['Nobody', 'nobody@example.org', '', '\0', 'x'.repeat(10_000)]) {
			await resets.ask(db, stranger(), typed);
		}
		expect(await db.read.$count(tables.mails)).toBe(0);
	});
});

test('a link signs in once, and leads on', async () => {
	await linkSignIn.ask(db, stranger(), { name: 'ann reader', next: '/help' });
	const secret = await tokenFor(db, ANN, '/sign-in/link/follow');
	expect(await linkSignIn.look(db.read, secret)).toBe('Ann Reader');
	const { account, next } = await linkSignIn.follow(db, stranger(), secret);
	expect([account.id, next]).toEqual([ann.accountId, '/help']);
	expect((await refusal(linkSignIn.follow(db, stranger(), secret))).status).toBe(404);
	await linkSignIn.ask(db, stranger(), { name: ANN, next: '/' });
	const late = await tokenFor(db, ANN, '/sign-in/link/follow');
	shift(16 * MINUTE);
	expect((await refusal(linkSignIn.follow(db, stranger(), late))).status).toBe(404);
});

test('links of one kind are none of another', async () => {
	await linkSignIn.ask(db, stranger(), { name: ANN, next: '/' });
	const secret = await tokenFor(db, ANN, '/sign-in/link/follow');
	expect((await refusal(resets.look(db.read, secret))).status).toBe(404);
	expect((await refusal(confirmation.follow(db, stranger(), secret))).status).toBe(404);
});

test('an address is confirmed by a link that can be sent again', async () => {
	expect((await refusal(confirmation.send(db, ann))).code).toBe('confirmed');
	await db.write((tx) => tx.update(tables.accounts).set({ emailConfirmedAt: null }));
	expect((await accounts.own(db, ann)).unconfirmed).toBe(true);
	await confirmation.send(db, ann);
	const secret = await tokenFor(db, ANN, '/confirm/address');
	expect(await confirmation.look(db.read, secret)).toEqual({ name: 'Ann Reader', email: ANN });
	await confirmation.follow(db, stranger(), secret);
	expect((await accounts.own(db, ann)).unconfirmed).toBe(false);
	expect(await events()).toContain('email.confirmed');
});

describe('A9 another address', () => {
	const OTHER = 'ann@elsewhere.example';
	const change = (email = OTHER, current = PASSWORD) =>
		emailChange.ask(db, ann, { email, current });

	test('counts once its link is followed, and the old one is told', async () => {
		expect((await refusal(change(OTHER, 'wrong'))).details.field).toBe('current');
		expect((await refusal(change('ANN.reader@example.org'))).code).toBe('same-email');
		await resets.ask(db, stranger(), ANN);
		const reset = await tokenFor(db, ANN, '/reset/password');
		await change();
		expect((await mailsTo(db, ANN))[0].subject).toBe('Your e-mail address is being changed');
		expect((await row()).email).toBe(ANN);
		const secret = await tokenFor(db, OTHER, '/confirm/change');
		expect(await emailChange.look(db.read, secret)).toMatchObject({ email: OTHER });
		await emailChange.follow(db, stranger(), secret);
		expect((await row()).email).toBe(OTHER);
		expect((await refusal(emailChange.follow(db, stranger(), secret))).status).toBe(404);
		expect((await refusal(resets.look(db.read, reset))).status).toBe(404);
	});

	test('A9 signs out everywhere but where it was confirmed', async () => {
		const [here, there] = [
			await sessions.create(db, ann.accountId),
			await sessions.create(db, ann.accountId)
		];
		const { session } = (await sessions.read(db, here.token))!;
		await change();
		const secret = await tokenFor(db, OTHER, '/confirm/change');
		await emailChange.follow(db, { ...ann, session }, secret);
		expect(await sessions.read(db, here.token)).not.toBeNull();
		expect(await sessions.read(db, there.token)).toBeNull();
		await change('ann@third.example');
		const another = await tokenFor(db, 'ann@third.example', '/confirm/change');
		await emailChange.follow(db, stranger(), another);
		expect(await sessions.read(db, here.token)).toBeNull();
	});

	test('is given back by the link in the old one, whatever happened since', async () => {
		await change();
		const back = await tokenFor(db, ANN, '/restore');
		await emailChange.follow(db, stranger(), await tokenFor(db, OTHER, '/confirm/change'));
		await change('thief@elsewhere.example');
		const thiefs = await tokenFor(db, OTHER, '/restore');
		const pending = await tokenFor(db, 'thief@elsewhere.example', '/confirm/change');
		const { token } = await sessions.create(db, ann.accountId);
		expect(await emailChange.lookBack(db.read, back)).toMatchObject({ email: ANN });
		const secret = await emailChange.restore(db, stranger(), back);
		expect((await row()).email).toBe(ANN);
		expect(await sessions.read(db, token)).toBeNull();
		expect((await refusal(emailChange.follow(db, stranger(), pending))).status).toBe(404);
		expect((await refusal(emailChange.restore(db, stranger(), thiefs))).status).toBe(404);
		await resets.reset(db, stranger(), { secret, password: NEW });
		await signIn(NEW);
		expect(await events()).toEqual(
			expect.arrayContaining(['email.change-asked', 'email.changed', 'email.restored'])
		);
	});

	test('that is somebody’s gets the same answer, and they are told', async () => {
		await person(db, 'Bob Other');
		await change('bob.other@example.org');
		const [mail] = await mailsTo(db, 'bob.other@example.org');
		expect(mail.subject).toBe('This address belongs to your account');
		expect(mail.text).not.toContain('token=');
	});

	test('that somebody took meanwhile is theirs', async () => {
		await change();
		const secret = await tokenFor(db, OTHER, '/confirm/change');
		const theirs = { name: 'Bob Other', email: OTHER, password: PASSWORD, role: 'reader' } as const;
		await accounts.create(db, { ...stranger(), role: 'system' }, theirs);
		const late = emailChange.follow(db, stranger(), secret);
		expect((await refusal(late)).code).toBe('email-taken');
		expect((await row()).email).toBe(ANN);
	});
});

test('a password that changes is told to its owner, and ends links', async () => {
	await resets.ask(db, stranger(), ANN);
	const secret = await tokenFor(db, ANN, '/reset/password');
	await credentials.changePassword(db, ann, { current: PASSWORD, password: NEW });
	expect((await mailsTo(db, ANN))[0].subject).toBe('Your password was changed');
	expect((await refusal(resets.look(db.read, secret))).status).toBe(404);
});

test('the password is a fresh proof for this session', async () => {
	const { token } = await sessions.create(db, ann.accountId);
	shift(20 * MINUTE);
	const { session } = (await sessions.read(db, token))!;
	const actor = { ...ann, session };
	const wrong = proofs.confirm(db, actor, 'wrong');
	expect((await refusal(wrong)).details.field).toBe('current');
	await proofs.confirm(db, actor, PASSWORD);
	const after = (await sessions.read(db, token))!.session.authenticatedAt!;
	expect(after.getTime() - session.authenticatedAt!.getTime()).toBeGreaterThanOrEqual(20 * MINUTE);
	await db.write((tx) => tx.update(tables.accounts).set({ passwordHash: null }));
	expect(await proofs.means(db, actor)).toEqual({ password: false, passkey: false, link: true });
	expect((await refusal(proofs.confirm(db, actor, ''))).status).toBe(422);
	const without = credentials.changePassword(db, actor, { current: '', password: NEW });
	expect((await refusal(without)).code).toBe('confirm-first');
});
