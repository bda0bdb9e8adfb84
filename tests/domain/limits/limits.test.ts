import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { guest, system, type Actor } from '#lib/server/actor.ts';
import { now, shift } from '#lib/server/clock.ts';
import type { Database } from '#lib/server/database/database.ts';
import { open } from '#lib/server/database/open.ts';
import { rateLimits } from '#lib/server/database/schema.ts';
import * as limits from '#lib/server/limits/limits.ts';
import * as named from '#lib/server/limits/named.ts';
import { isRefusal } from '#lib/server/refusal.ts';
import { testDatabaseUrl } from '../support/database.ts';
import * as settings from '../support/settings.ts';

settings.set({ RATE_LIMITS: 'on' });

const SECOND = 1000;

let db: Database;
// The same database as another process has it.
let other: Database;

beforeAll(async () => {
	const url = await testDatabaseUrl();
	db = await open(url);
	other = await open(url);
	return async () => {
		await db.close();
		await other.close();
	};
});
afterEach(() => shift(0));

const slow: limits.Limit = {
	name: 'slow',
	words: 'That was fast.',
	staff: false,
	allowances: [
		{ by: 'account', burst: 3, seconds: 60 },
		{ by: 'network', burst: 5, seconds: 60 }
	]
};

let people = 0;
function reader(rest: Partial<Actor> = {}): Actor {
	people += 1;
	const name = `reader-${people}`;
	return {
		accountId: name,
		name,
		role: 'reader',
		address: `10.2.0.${people}`,
		barred: null,
		...rest
	};
}

/** Takes so many times, one after the other; how many were allowed, and the refusals. */
async function takes(count: number, actor: Actor, { limit = slow, at = now(), base = db } = {}) {
	const refusals: { status: number; message: string; retryAfter?: number }[] = [];
	for (let n = 0; n < count; n++) {
		await base
			.write((tx) => limits.take(tx, limit, actor, at))
			.catch((thrown: unknown) => {
				if (!isRefusal(thrown)) throw thrown;
				const { status, message, details } = thrown;
				refusals.push({ status, message, retryAfter: details.retryAfter });
			});
	}
	return { allowed: count - refusals.length, refusals };
}

test('allows its burst, then one at a time, with the time to wait', async () => {
	const actor = reader();
	const start = now();
	const at = (seconds: number) => new Date(start.getTime() + seconds * SECOND);
	const { allowed, refusals } = await takes(4, actor, { at: at(0) });
	expect(allowed).toBe(3);
	expect(refusals).toEqual([
		{ status: 429, message: 'That was fast. Please try again in 60 seconds.', retryAfter: 60 }
	]);
	const soon = await takes(1, actor, { at: at(20) });
	expect(soon.refusals[0].retryAfter).toBe(40);
	expect((await takes(1, actor, { at: at(59.9) })).refusals[0].retryAfter).toBe(1);
	expect((await takes(2, actor, { at: at(60) })).allowed).toBe(1);
	expect((await takes(4, actor, { at: at(600) })).allowed).toBe(3);
});

test('refused tries cost nothing', async () => {
	const actor = reader();
	const at = now();
	await takes(30, actor, { at });
	expect((await takes(1, actor, { at: new Date(at.getTime() + 60 * SECOND) })).allowed).toBe(1);
});

test('counts the network over its accounts', async () => {
	const address = '2001:db8:1::1';
	const neighbours = [1, 2, 3].map((n) => reader({ address: `2001:db8:1::${n}` }));
	let allowed = 0;
	for (const actor of neighbours) allowed += (await takes(3, actor)).allowed;
	expect(allowed).toBe(5);
	expect((await takes(1, guest(address))).allowed).toBe(0);
	expect((await takes(1, guest('2001:db8:2::1'))).allowed).toBe(1);
});

test('takes from all its allowances or from none', async () => {
	const address = '10.9.9.9';
	const greedy = reader({ address });
	await takes(10, greedy);
	// Three of the network's five went; the refused tries took nothing.
	expect((await takes(5, guest(address))).allowed).toBe(2);
});

test('asking beforehand says the same and takes nothing', async () => {
	const actor = reader();
	const at = now();
	const asked = () =>
		limits.ask(db.read, slow, actor, at).catch((thrown: unknown) => {
			if (!isRefusal(thrown)) throw thrown;
			return thrown.details.retryAfter;
		});
	for (let n = 0; n < 10; n++) expect(await asked()).toBeUndefined();
	const { allowed, refusals } = await takes(4, actor, { at });
	expect(allowed).toBe(3);
	expect(await asked()).toBe(refusals[0].retryAfter);
	await limits.ask(db.read, slow, reader({ role: 'moderator' }), at);
});

test('an act that is rolled back is not counted', async () => {
	const actor = reader();
	for (let n = 0; n < 5; n++) {
		const failed = db.write(async (tx) => {
			await limits.take(tx, slow, actor);
			throw new Error('no');
		});
		await expect(failed).rejects.toThrow('no');
	}
	expect((await takes(4, actor)).allowed).toBe(3);
});

test('holds for tries at once, over processes', async () => {
	const actor = reader();
	const outcomes = await Promise.all(
		Array.from({ length: 20 }, (_, n) => takes(1, actor, { base: n % 2 ? db : other }))
	);
	expect(outcomes.filter(({ allowed }) => allowed === 1)).toHaveLength(3);
});

describe('does not hold for', () => {
	test.each([
		['the system', system, slow],
		['staff', reader({ role: 'moderator' }), slow]
	])('%s', async (_, actor, limit) => {
		expect((await takes(10, actor, { limit })).allowed).toBe(10);
	});

	test('but for staff where it says so', async () => {
		const limit = { ...slow, name: 'strict', staff: true };
		expect((await takes(10, reader({ role: 'admin' }), { limit })).allowed).toBe(3);
	});
});

test('gives back and forgets', async () => {
	const subject = { account: 'someone' };
	const take = () =>
		db
			.write((tx) => limits.takeFor(tx, slow, subject))
			.then(
				() => true,
				() => false
			);
	for (let n = 0; n < 3; n++) await take();
	expect(await take()).toBe(false);
	await db.write((tx) => limits.giveBack(tx, slow, subject));
	expect([await take(), await take()]).toEqual([true, false]);
	await db.write((tx) => limits.forget(tx, slow, subject));
	expect([await take(), await take(), await take(), await take()]).toEqual([
		true,
		true,
		true,
		false
	]);
});

/** Somebody, the same once more, and somebody else, as an allowance tells them apart. */
function counted(by: limits.Allowance['by']): [Actor, Actor, Actor] {
	if (by === 'account') {
		const one = reader({ address: null });
		return [one, one, reader({ address: null })];
	}
	return [guest('2001:db8:7:1::1'), guest('2001:db8:7:1:ffff::9'), guest('2001:db8:7:2::1')];
}

describe.each(Object.values<limits.Limit>(named))('I14 $name', (limit) => {
	const kinds = [...new Set(limit.allowances.map(({ by }) => by))];

	test.each(kinds)('has an end for one %s, in every process', async (by) => {
		const own = limit.allowances.filter((allowance) => allowance.by === by);
		const [least] = own.sort((a, b) => a.burst - b.burst);
		const [one, same, another] = counted(by);
		const at = now();
		await db.write(async (tx) => {
			for (let n = 0; n < least.burst; n++) await limits.take(tx, limit, one, at);
		});
		const retryAfter = Math.ceil(least.seconds);
		for (const base of [db, other]) {
			const { refusals } = await takes(1, same, { limit, at, base });
			expect(refusals).toMatchObject([{ status: 429, retryAfter }]);
			expect(refusals[0].message).toContain(limit.words);
		}
		expect((await takes(1, another, { limit, at, base: other })).allowed).toBe(1);
		const later = new Date(at.getTime() + retryAfter * SECOND);
		expect((await takes(1, one, { limit, at: later, base: other })).allowed).toBe(1);
	});
});

test('what is whole again, or was left by a wrong clock, is swept', async () => {
	const fresh = reader({ address: null });
	shift(10 * 24 * 60 * 60 * SECOND);
	await takes(1, reader());
	shift(0);
	await takes(1, fresh);
	shift(59 * SECOND);
	await limits.sweep(db);
	const keys = (await db.read.select().from(rateLimits)).map((row) => row.key);
	expect(keys.filter((key) => key.startsWith('slow:'))).toContain(
		`slow:account:3:${fresh.accountId}`
	);
	shift(24 * 60 * 60 * SECOND);
	await limits.sweep(db);
	expect(await db.read.$count(rateLimits)).toBe(0);
});
