import { eq } from 'drizzle-orm';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as authenticators from '#lib/server/accounts/factors/authenticators.ts';
import * as recoveryCodes from '#lib/server/accounts/factors/recovery-codes.ts';
import * as secondFactors from '#lib/server/accounts/factors/second-factors.ts';
import * as secondStep from '#lib/server/accounts/factors/second-step.ts';
import * as sessions from '#lib/server/accounts/sessions/sessions.ts';
import { guest, system, type Member } from '#lib/server/actor.ts';
import { shift } from '#lib/server/clock.ts';
import type { Database } from '#lib/server/database/database.ts';
import { mails, securityEvents, sessions as rows } from '#lib/server/database/schema.ts';
import { testDatabase } from '../support/database.ts';
import { member } from '../support/newsroom.ts';
import * as settings from '../support/settings.ts';
import { refusal } from './support/people.ts';
import { actorBy, codeOf, signedIn, withApp } from './support/second.ts';

// What is tried here too often is to be refused.
settings.set({ RATE_LIMITS: 'on' });

const MINUTE = 60_000;
const stranger = guest('10.9.9.9');

let db: Database;
let ann: Member;
let token: string;

beforeAll(async () => {
	db = await testDatabase();
});
beforeEach(async () => {
	const { accountId } = await member(db);
	({ actor: ann, token } = await signedIn(db, accountId));
});
afterEach(() => shift(0));

const begin = () =>
	secondStep.begin(db, { accountId: ann.accountId, method: 'password', next: '/next' });
const answer = (secret: string, code: string) => secondStep.answer(db, stranger, { secret, code });

async function kindsOf(accountId: string): Promise<string[]> {
	const { kind, accountId: column, id } = securityEvents;
	const list = await db.read
		.select({ kind })
		.from(securityEvents)
		.where(eq(column, accountId))
		.orderBy(id);
	return list.map((row) => row.kind);
}

async function subjects(): Promise<string[]> {
	const list = await db.read.select({ subject: mails.subject }).from(mails).orderBy(mails.id);
	return list.map((row) => row.subject);
}

describe('A14 an authenticator app', () => {
	test('is no factor before a code confirmed it', async () => {
		await authenticators.begin(db, ann);
		const { secret, uri } = (await authenticators.pending(db, ann))!;
		expect(uri).toContain(`secret=${secret}`);
		expect(await secondFactors.has(db.read, ann.accountId)).toBe(false);
		expect(await refusal(authenticators.confirm(db, ann, '000 000'))).toMatchObject({
			status: 422,
			details: { field: 'code' }
		});
		const recovery = await authenticators.confirm(db, ann, codeOf(secret));
		expect(new Set(recovery).size).toBe(recoveryCodes.COUNT);
		expect(await secondFactors.has(db.read, ann.accountId)).toBe(true);
		expect(await authenticators.pending(db, ann)).toBeNull();
		expect(await kindsOf(ann.accountId)).toEqual([
			...['sign-up', 'second-factor.added', 'recovery-codes.made']
		]);
		expect(await subjects()).toContain('An authenticator app was added');
	});

	test('begins with another secret each time, and cannot be replaced once it works', async () => {
		await authenticators.begin(db, ann);
		const first = (await authenticators.pending(db, ann))!.secret;
		await authenticators.begin(db, ann);
		expect((await authenticators.pending(db, ann))!.secret).not.toBe(first);
		const other = await signedIn(db, (await member(db)).accountId);
		await withApp(db, other.actor);
		expect(await refusal(authenticators.begin(db, other.actor))).toMatchObject({ status: 409 });
	});

	test('proves the session in which it was set up, and no other', async () => {
		const elsewhere = await signedIn(db, ann.accountId);
		await withApp(db, ann);
		expect((await actorBy(db, token)).session?.secondFactorAt).not.toBeNull();
		expect((await actorBy(db, elsewhere.token)).session?.secondFactorAt).toBeNull();
	});

	test('is removed with what stood for it, by who proved not long ago who they are', async () => {
		await withApp(db, ann);
		shift(16 * MINUTE);
		expect(await refusal(authenticators.remove(db, ann))).toMatchObject({ code: 'confirm-first' });
		shift(0);
		await authenticators.remove(db, ann);
		expect(await secondFactors.has(db.read, ann.accountId)).toBe(false);
		expect(await recoveryCodes.left(db.read, ann.accountId)).toBe(0);
		expect((await actorBy(db, token)).session?.secondFactorAt).toBeNull();
		expect(await refusal(authenticators.remove(db, ann))).toMatchObject({ status: 404 });
		expect(await subjects()).toContain('Your authenticator app was removed');
	});

	test('is nothing for guests', async () => {
		for (const act of [authenticators.begin, authenticators.remove, recoveryCodes.make]) {
			expect(await refusal(act(db, stranger))).toMatchObject({ status: 401 });
		}
	});
});

describe('A14 the second step', () => {
	test.each([-1, 0, 1])('takes the code of step %i', async (steps) => {
		const { secret } = await withApp(db, ann);
		shift(5 * MINUTE);
		const waiting = await answer(await begin(), codeOf(secret, steps));
		expect(waiting).toEqual({ accountId: ann.accountId, method: 'password', next: '/next' });
	});

	test.each([-2, 2])('takes no code of step %i', async (steps) => {
		const { secret } = await withApp(db, ann);
		shift(5 * MINUTE);
		expect(await refusal(answer(await begin(), codeOf(secret, steps)))).toMatchObject({
			status: 422
		});
		expect(await kindsOf(ann.accountId)).toContain('second-factor.failed');
	});

	test('takes no code twice, and none from before the last', async () => {
		const { secret } = await withApp(db, ann);
		shift(5 * MINUTE);
		const [code, before] = [codeOf(secret), codeOf(secret, -1)];
		await answer(await begin(), code);
		const again = await begin();
		for (const used of [code, before]) {
			expect(await refusal(answer(again, used))).toMatchObject({ status: 422 });
		}
	});

	test('is over once its account was signed out everywhere', async () => {
		const { secret } = await withApp(db, ann);
		shift(5 * MINUTE);
		const waiting = await begin();
		await sessions.endAll(db, ann.accountId);
		expect(await refusal(answer(waiting, codeOf(secret)))).toMatchObject({ code: 'step-over' });
	});

	test('of two with the same code at once one goes on', async () => {
		const { secret } = await withApp(db, ann);
		shift(5 * MINUTE);
		const code = codeOf(secret);
		const both = await Promise.allSettled([
			answer(await begin(), code),
			answer(await begin(), code)
		]);
		expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
	});

	test('works once, and for ten minutes', async () => {
		const { secret } = await withApp(db, ann);
		const [used, late] = [await begin(), await begin()];
		await answer(used, codeOf(secret));
		expect(await secondStep.look(db.read, used)).toBeNull();
		expect(await refusal(answer(used, codeOf(secret, 1)))).toMatchObject({ status: 401 });
		shift(11 * MINUTE);
		expect(await refusal(answer(late, codeOf(secret)))).toMatchObject({ status: 401 });
		expect(await refusal(answer('nothing', codeOf(secret)))).toMatchObject({ status: 401 });
	});

	test('limits wrong codes over all sign-ins of an account', async () => {
		const { secret } = await withApp(db, ann);
		for (let tries = 0; tries < 5; tries += 1) {
			expect(await refusal(answer(await begin(), '000000'))).toMatchObject({ status: 422 });
		}
		const limited = await refusal(answer(await begin(), codeOf(secret)));
		expect(limited.status).toBe(429);
		shift(limited.details.retryAfter! * 1000);
		await answer(await begin(), codeOf(secret));
	});
});

describe('A14 a recovery code', () => {
	test('works once, however it is written, and its owner is told', async () => {
		const { recovery } = await withApp(db, ann);
		await answer(await begin(), ` ${recovery[0].toUpperCase().replaceAll('-', ' ')} `);
		expect(await recoveryCodes.left(db.read, ann.accountId)).toBe(9);
		expect(await refusal(answer(await begin(), recovery[0]))).toMatchObject({ status: 422 });
		expect(await kindsOf(ann.accountId)).toContain('recovery-code.used');
		expect(await subjects()).toContain('A recovery code was used');
	});

	test('is of its account only, and none of earlier ones', async () => {
		const { recovery } = await withApp(db, ann);
		const other = await signedIn(db, (await member(db)).accountId);
		const { recovery: others } = await withApp(db, other.actor);
		expect(await refusal(answer(await begin(), others[0]))).toMatchObject({ status: 422 });
		const made = await recoveryCodes.make(db, ann);
		expect(await refusal(answer(await begin(), recovery[1]))).toMatchObject({ status: 422 });
		await answer(await begin(), made[0]);
	});

	test('stands for a factor that there is', async () => {
		expect(await refusal(recoveryCodes.make(db, ann))).toMatchObject({ status: 409 });
	});
});

test('the operator takes all factors from who lost them', async () => {
	await withApp(db, ann);
	expect(await refusal(secondFactors.removeAll(db, ann, { name: ann.name }))).toMatchObject({
		status: 403
	});
	await secondFactors.removeAll(db, system, { name: ann.name });
	expect(await secondFactors.has(db.read, ann.accountId)).toBe(false);
	expect(await db.read.$count(rows, eq(rows.accountId, ann.accountId))).toBe(0);
	expect(await kindsOf(ann.accountId)).toContain('second-factor.removed');
	const again = await refusal(secondFactors.removeAll(db, system, { name: ann.name }));
	expect(again).toMatchObject({ status: 409 });
});
