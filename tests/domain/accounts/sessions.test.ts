import { eq } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { actorOf } from '#lib/server/accounts/accounts.ts';
import { adapter } from '#lib/server/accounts/sessions/adapter.ts';
import * as sessions from '#lib/server/accounts/sessions/sessions.ts';
import { now, shift } from '#lib/server/clock.ts';
import type { Database } from '#lib/server/database/database.ts';
import { open } from '#lib/server/database/open.ts';
import { accounts as table, sessions as rows } from '#lib/server/database/schema.ts';
import { testDatabaseUrl } from '../support/database.ts';
import { person } from './support/people.ts';

const DAY = 24 * 60 * 60 * 1000;
const MINUTE = 60_000;

let db: Database;
// The same database as another process has it.
let other: Database;
let adam: Awaited<ReturnType<typeof person>>;

beforeAll(async () => {
	const url = await testDatabaseUrl();
	db = await open(url);
	other = await open(url);
	adam = await person(db, 'Adam Reyher');
	return async () => {
		await db.close();
		await other.close();
	};
});
afterEach(() => shift(0));

describe('a session', () => {
	test('is of its account, as that is at the moment, in every process', async () => {
		const { token, expiresAt } = await sessions.create(db, adam.account.id);
		const signedIn = await sessions.read(other, token);
		expect(signedIn).toMatchObject({ account: { name: 'Adam Reyher' }, fresh: false });
		expect(signedIn?.session.expiresAt).toEqual(expiresAt);
		await db.write((tx) =>
			tx
				.update(table)
				.set({ bannedAt: now(), role: 'moderator' })
				.where(eq(table.id, adam.account.id))
				.returning()
		);
		const after = await sessions.read(other, token);
		expect(actorOf(after!.account, null)).toMatchObject({
			role: 'moderator',
			barred: { kind: 'banned', until: null }
		});
	});

	test('S1 is kept as a hash only', async () => {
		const { token } = await sessions.create(db, adam.account.id);
		expect(token).toMatch(/^[a-z2-7]{40}$/);
		const stored = JSON.stringify(await db.read.select().from(rows));
		expect(stored).not.toContain(token);
		expect(JSON.stringify(await sessions.read(db, token))).not.toContain(token);
	});

	test('has a token of its own each time', async () => {
		const made = await Promise.all(
			Array.from({ length: 20 }, () => sessions.create(db, adam.account.id))
		);
		expect(new Set(made.map(({ token }) => token)).size).toBe(20);
	});

	test('ends for good', async () => {
		const { token } = await sessions.create(db, adam.account.id);
		const { token: another } = await sessions.create(db, adam.account.id);
		await sessions.end(db, token);
		expect(await sessions.read(other, token)).toBeNull();
		expect(await sessions.read(other, another)).not.toBeNull();
		await sessions.endAll(db, adam.account.id);
		expect(await sessions.read(other, another)).toBeNull();
	});

	test('ends with a transaction, or not at all', async () => {
		const { token } = await sessions.create(db, adam.account.id);
		const rolledBack = db.write(async (tx) => {
			await sessions.endAll(tx, adam.account.id);
			throw new Error('no');
		});
		await expect(rolledBack).rejects.toThrow('no');
		expect(await sessions.read(db, token)).not.toBeNull();
	});
});

describe('no session for', () => {
	test.each([
		['nothing', ''],
		['what somebody chose', 'a'.repeat(40)],
		['garbage', '\0\ud800<script>'],
		['something very long', 'a'.repeat(100_000)]
	])('%s', async (_, token) => {
		expect(await sessions.read(db, token)).toBeNull();
		await expect(sessions.end(db, token)).resolves.toBeUndefined();
	});

	test('the hash or the tag of one', async () => {
		const { token } = await sessions.create(db, adam.account.id);
		const [{ id }] = await adapter(db).getUserSessions(adam.account.id);
		const tagged = await db.read.select().from(rows);
		for (const credential of [id, ...tagged.map((row) => row.id)]) {
			expect(await sessions.read(db, credential)).toBeNull();
			await sessions.end(db, credential);
		}
		expect(await sessions.read(db, token)).not.toBeNull();
	});
});

describe('S5 time', () => {
	test('a session that is not used ends after 30 days', async () => {
		const { token } = await sessions.create(db, adam.account.id);
		const { token: visited } = await sessions.create(db, adam.account.id);
		shift(30 * DAY - MINUTE);
		expect(await sessions.read(db, visited)).not.toBeNull();
		shift(30 * DAY + MINUTE);
		expect(await sessions.read(db, token)).toBeNull();
		expect(await sessions.read(db, visited)).not.toBeNull();
	});

	test('one that is used is lengthened past the half of that', async () => {
		const { token } = await sessions.create(db, adam.account.id);
		shift(14 * DAY);
		expect((await sessions.read(db, token))?.fresh).toBe(false);
		shift(16 * DAY);
		const signedIn = await sessions.read(db, token);
		expect(signedIn?.fresh).toBe(true);
		expect(signedIn!.session.expiresAt.getTime() - now().getTime()).toBeGreaterThan(
			30 * DAY - MINUTE
		);
		expect((await sessions.read(other, token))?.fresh).toBe(false);
		shift(45 * DAY);
		expect(await sessions.read(db, token)).not.toBeNull();
	});

	test('after 90 days it ends in any case, and is not written to at each visit before', async () => {
		const { token } = await sessions.create(db, adam.account.id);
		for (const day of [20, 40, 60, 76]) {
			shift(day * DAY);
			expect(await sessions.read(db, token)).not.toBeNull();
		}
		shift(88 * DAY);
		const signedIn = await sessions.read(db, token);
		expect(signedIn?.fresh).toBe(false);
		expect(signedIn!.session.expiresAt.getTime() - now().getTime()).toBeLessThan(2 * DAY + MINUTE);
		shift(90 * DAY + MINUTE);
		expect(await sessions.read(db, token)).toBeNull();
	});

	test('sessions are ended from the database', async () => {
		const idle = await sessions.create(db, adam.account.id);
		await db.write((tx) =>
			tx
				.update(rows)
				.set({ expiresAt: new Date(now().getTime() - 1) })
				.returning()
		);
		expect(await sessions.read(db, idle.token)).toBeNull();
		const old = await sessions.create(db, adam.account.id);
		const createdAt = new Date(now().getTime() - 91 * DAY);
		await db.write((tx) => tx.update(rows).set({ createdAt }).returning());
		expect(await sessions.read(db, old.token)).toBeNull();
	});

	test('ended ones are deleted', async () => {
		await sessions.create(db, adam.account.id);
		shift(31 * DAY);
		const { token } = await sessions.create(db, adam.account.id);
		await sessions.deleteExpired(db);
		expect(await db.read.$count(rows)).toBe(1);
		expect(await sessions.read(db, token)).not.toBeNull();
	});
});

describe('the adapter', () => {
	test('takes the tags that it gives', async () => {
		await sessions.endAll(db, adam.account.id);
		const { token } = await sessions.create(db, adam.account.id);
		const port = adapter(db);
		const [{ id, userId }] = await port.getUserSessions(adam.account.id);
		expect(userId).toBe(adam.account.id);
		expect(id).not.toContain(token);
		expect(await port.getSessionAndUser(id)).toEqual([null, null]);
		await port.deleteSession(id);
		expect(await sessions.read(db, token)).toBeNull();
	});

	test('answers with the raw id, so that it is hashed once', async () => {
		const { token } = await sessions.create(db, adam.account.id);
		const [session] = await adapter(db).getSessionAndUser(token);
		expect(session?.id).toBe(token);
	});

	test('lengthens nothing that has ended meanwhile', async () => {
		const { token } = await sessions.create(db, adam.account.id);
		await sessions.end(db, token);
		await adapter(db).updateSessionExpiration(token, now());
		expect(await sessions.read(db, token)).toBeNull();
	});
});
