import { argon2Sync } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { changePassword, signIn } from '#lib/server/accounts/credentials.ts';
import * as knownDevices from '#lib/server/accounts/sessions/known-devices.ts';
import * as sessions from '#lib/server/accounts/sessions/sessions.ts';
import { guest } from '#lib/server/actor.ts';
import { shift } from '#lib/server/clock.ts';
import type { Database } from '#lib/server/database/database.ts';
import { accounts as table, rateLimits } from '#lib/server/database/schema.ts';
import { testDatabase } from '../support/database.ts';
import { PASSWORD, person, refusal, stranger } from './support/people.ts';
import * as given from '../support/settings.ts';

given.set({ RATE_LIMITS: 'on' });

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let db: Database;
let careful: Awaited<ReturnType<typeof person>>;
beforeAll(async () => {
	db = await testDatabase();
	await person(db, 'Adam Reyher');
	careful = await person(db, 'Careful One');
});
afterEach(() => shift(0));

async function hashOf(id: string) {
	const [row] = await db.read.select().from(table).where(eq(table.id, id));
	return row.passwordHash;
}

describe('by', () => {
	test.each([
		['name', 'Adam Reyher'],
		['name in other letters', ' adam  REYHER'],
		['e-mail address', 'Adam.Reyher@EXAMPLE.org']
	])('%s', async (_, name) => {
		const account = await signIn(db, stranger(), { name, password: PASSWORD });
		expect(account.name).toBe('Adam Reyher');
		expect(JSON.stringify(account)).not.toMatch(/argon2|example\.org/);
	});
});

test('A5 every failure is answered alike', async () => {
	const imported = await person(db, 'Imported');
	await db.write((tx) =>
		tx
			.update(table)
			.set({ passwordHash: null })
			.where(eq(table.id, imported.account.id))
			.returning()
	);
	const banned = await person(db, 'Banned');
	await db.write((tx) =>
		tx
			.update(table)
			.set({ bannedAt: new Date() })
			.where(eq(table.id, banned.account.id))
			.returning()
	);
	const tries = [
		['Adam Reyher', 'wrong words here'],
		['Adam Reyher', ''],
		['Adam Reyher', 'x'.repeat(1_000_000)],
		['Banned', 'wrong words here'],
		['Nobody At All', PASSWORD],
		['nobody@example.org', PASSWORD],
		['not@an@address', PASSWORD],
		['a\0b', PASSWORD],
		['Imported', PASSWORD],
		['', '']
	];
	for (const [name, password] of tries) {
		const { status, code, message, details } = await refusal(
			signIn(db, stranger(), { name, password })
		);
		expect({ status, code, message, details }).toEqual({
			status: 401,
			code: 'wrong-credentials',
			message: expect.stringContaining('do not belong together'),
			details: {}
		});
	}
});

test('a weak hash is made anew at the next sign-in', async () => {
	const { account } = await person(db, 'Old Timer');
	const nonce = Buffer.alloc(16, 7);
	const tag = argon2Sync('argon2id', {
		...{ message: PASSWORD, nonce, memory: 8192, passes: 1, parallelism: 1, tagLength: 32 }
	});
	const [salt, end] = [nonce, tag].map((bytes) => bytes.toString('base64').replace(/=+$/, ''));
	const passwordHash = `$argon2id$v=19$m=8192,t=1,p=1$${salt}$${end}`;
	await db.write((tx) =>
		tx.update(table).set({ passwordHash }).where(eq(table.id, account.id)).returning()
	);
	await signIn(db, stranger(), { name: 'Old Timer', password: PASSWORD });
	expect(await hashOf(account.id)).toMatch(/m=19456,t=2,p=1/);
	await signIn(db, stranger(), { name: 'Old Timer', password: PASSWORD });
});

describe('A4 wrong passwords', () => {
	const wrong = { name: 'Adam Reyher', password: 'wrong words here' };
	const right = { ...wrong, password: PASSWORD };

	test('make the next try wait, longer and longer, and only there', async () => {
		const attacker = stranger();
		const waits: number[] = [];
		let clock = 0;
		for (let n = 0; n < 24; n++) {
			const refused = await refusal(signIn(db, attacker, wrong));
			if (refused.status !== 429) continue;
			waits.push(refused.details.retryAfter!);
			clock += refused.details.retryAfter! * 1000;
			shift(clock);
		}
		expect(waits[0]).toBeLessThanOrEqual(30);
		expect(waits.at(-1)).toBeGreaterThan(60);
		expect(Math.max(...waits)).toBeLessThanOrEqual(600);
		expect((await refusal(signIn(db, attacker, wrong))).status).toBe(401);
		expect((await refusal(signIn(db, attacker, right))).status).toBe(429);
		// And it is not for ever.
		shift(clock + 10 * MINUTE);
		expect((await signIn(db, attacker, right)).name).toBe('Adam Reyher');
	});

	test('are forgotten after the right one', async () => {
		const owner = stranger();
		// What the others tried meanwhile is over.
		shift(DAY);
		for (let round = 0; round < 3; round++) {
			for (let n = 0; n < 4; n++)
				expect((await refusal(signIn(db, owner, wrong))).status).toBe(401);
			await signIn(db, owner, right);
		}
	});

	test('for many accounts count for their network', async () => {
		const attacker = guest('2001:db8:7::1');
		shift(2 * DAY);
		let refused;
		for (let n = 0; n < 31; n++) {
			const name = `Victim ${n}`;
			refused = await refusal(
				signIn(db, guest(`2001:db8:7::${n}`), { name, password: 'wrong words here' })
			);
		}
		expect(refused?.status).toBe(429);
		expect(refused?.message).toMatch(/Please try again in \d+ seconds?\./);
		expect((await refusal(signIn(db, attacker, right))).status).toBe(429);
		expect((await signIn(db, guest('2001:db8:8::1'), right)).name).toBe('Adam Reyher');
	});

	test('from everywhere make strangers wait, and not a browser that the account knows', async () => {
		const { account } = await person(db, 'Known Owner');
		const theirs = { ...wrong, name: 'Known Owner' };
		const device = await db.write((tx) => knownDevices.remember(tx, account.id, ''));
		const statuses: number[] = [];
		for (let n = 0; n < 20; n++) {
			// However the name is written, it is the same account.
			const name = n % 2 ? 'KNOWN OWNER' : 'ｋnown owner';
			statuses.push((await refusal(signIn(db, stranger(), { ...theirs, name }))).status);
		}
		expect(statuses.slice(0, 15)).toEqual(Array(15).fill(401));
		expect(statuses.slice(15)).toEqual(Array(5).fill(429));
		const limited = await refusal(signIn(db, stranger(), { ...theirs, password: PASSWORD }));
		expect(limited.details.retryAfter).toBeLessThanOrEqual(300);
		const owner = { ...theirs, password: PASSWORD, device };
		expect((await signIn(db, stranger(), owner)).name).toBe('Known Owner');
		// The browser is known to its own account alone, and guesses no faster with it.
		const others = await refusal(signIn(db, stranger(), { ...owner, device: 'made up' }));
		expect(others.status).toBe(429);
		for (let n = 0; n < 5; n++) {
			const again = { ...owner, password: wrong.password };
			expect((await refusal(signIn(db, stranger(), again))).status).toBe(401);
		}
		expect((await refusal(signIn(db, stranger(), owner))).status).toBe(429);
	});

	test('for a name that nobody has are limited in the same way', async () => {
		const attacker = stranger();
		const statuses: number[] = [];
		for (let n = 0; n < 6; n++) {
			const attempt = signIn(db, attacker, { name: 'Nobody At All', password: PASSWORD });
			statuses.push((await refusal(attempt)).status);
		}
		expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
	});

	test('leave no name or address of an account in the limits', async () => {
		await refusal(signIn(db, stranger(), { ...wrong, name: 'adam.reyher@example.org' }));
		const rows = await db.read.select().from(rateLimits);
		expect(rows.length).toBeGreaterThan(0);
		expect(JSON.stringify(rows)).not.toMatch(/reyher|@example/i);
	});
});

describe('changing the password', () => {
	const next = 'daffodils under snow';

	test('ends every session and takes the new one from then on', async () => {
		const { account, actor } = await person(db, 'Changer');
		const { token } = await sessions.create(db, account.id);
		await changePassword(db, actor, { current: PASSWORD, password: next });
		expect(await sessions.read(db, token)).toBeNull();
		expect(
			(await refusal(signIn(db, stranger(), { name: 'Changer', password: PASSWORD }))).status
		).toBe(401);
		expect((await signIn(db, stranger(), { name: 'Changer', password: next })).id).toBe(account.id);
	});

	test.each([
		['a wrong present one', { current: 'wrong words here', password: next }, 'current'],
		['a huge present one', { current: 'x'.repeat(1e6), password: next }, 'current'],
		['a short one', { current: PASSWORD, password: 'short' }, 'password'],
		['a common one', { current: PASSWORD, password: 'password123' }, 'password'],
		['the name', { current: PASSWORD, password: 'careful2024' }, 'password'],
		['the address', { current: PASSWORD, password: 'careful.one99' }, 'password']
	])('refuses %s', async (_, input, field) => {
		const { account, actor } = careful;
		const { token } = await sessions.create(db, account.id);
		const before = await hashOf(account.id);
		const refused = await refusal(changePassword(db, actor, input));
		expect([refused.status, refused.details.field]).toEqual([422, field]);
		expect(await hashOf(account.id)).toBe(before);
		expect(await sessions.read(db, token)).not.toBeNull();
	});

	test('twice at once succeeds once', async () => {
		const { actor } = await person(db, 'Doubler');
		const outcomes = await Promise.allSettled(
			['daffodils under snow', 'crocuses under snow'].map((password) =>
				changePassword(db, actor, { current: PASSWORD, password })
			)
		);
		expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
	});

	test('is limited like signing in', async () => {
		const { actor } = await person(db, 'Guesser');
		const guesses = Array.from({ length: 6 }, () => ({
			current: 'no idea at all',
			password: next
		}));
		const statuses = [];
		for (const guess of guesses)
			statuses.push((await refusal(changePassword(db, actor, guess))).status);
		expect(statuses).toEqual([422, 422, 422, 422, 422, 429]);
	});

	test('needs an account', async () => {
		const input = { current: PASSWORD, password: next };
		expect((await refusal(changePassword(db, guest(), input))).status).toBe(401);
	});
});
