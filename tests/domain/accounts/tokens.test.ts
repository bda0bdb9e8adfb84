import { eq } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { actorOf } from '#lib/server/accounts/accounts.ts';
import * as deletion from '#lib/server/accounts/leaving/deletion.ts';
import * as tokens from '#lib/server/accounts/tokens.ts';
import { system } from '#lib/server/actor.ts';
import { now } from '#lib/server/clock.ts';
import { assertNotBarred } from '#lib/server/comments/rules.ts';
import type { Database } from '#lib/server/database/database.ts';
import { accounts, apiTokens, securityEvents } from '#lib/server/database/schema.ts';
import { testDatabase } from '../support/database.ts';
import { person, refusal } from './support/people.ts';

let db: Database;
beforeAll(async () => {
	db = await testDatabase();
	await person(db, 'Feed Robot', 'editor');
});

test('a token acts as its account and is kept as a hash', async () => {
	const token = await tokens.create(db, 'feed robot');
	expect(token).toMatch(/^aft_[\w-]{43}$/);
	expect(await tokens.read(db, token)).toMatchObject({ name: 'Feed Robot', role: 'editor' });
	const stored = await db.read.select().from(apiTokens);
	expect(JSON.stringify(stored)).not.toContain(token.slice(4));
	for (const { tokenHash } of stored) {
		expect(await tokens.read(db, tokenHash)).toBeNull();
		expect(await tokens.read(db, `aft_${tokenHash}`)).toBeNull();
	}
});

test('a changed role holds at the next request', async () => {
	const token = await tokens.create(db, 'Feed Robot');
	await tokens.read(db, token);
	await db.write((tx) =>
		tx.update(accounts).set({ role: 'reader' }).where(eq(accounts.name, 'Feed Robot')).returning()
	);
	expect((await tokens.read(db, token))?.role).toBe('reader');
});

test.each([[''], ['aft_'], [`aft_${'a'.repeat(43)}`], ['x'.repeat(100_000)], ['aft_\0']])(
	'%j is none',
	async (token) => expect(await tokens.read(db, token)).toBeNull()
);

test('there is none for a name that nobody has', async () => {
	expect((await refusal(tokens.create(db, 'Nobody'))).status).toBe(404);
});

/** The secret of a new token, and what the list says of it. */
async function made(name: string) {
	const token = await tokens.create(db, name);
	const [listed] = await tokens.list(db, name);
	return { token, ...listed };
}

test('tokens are listed with whom they act as, the newest first, and nothing of their secrets', async () => {
	const { account } = await person(db, 'Archive Robot');
	const [first, second] = [await made('archive robot'), await made('Archive Robot')];
	const own = await tokens.list(db, 'Archive Robot');
	expect(own.map(({ id }) => id)).toEqual([second.id, first.id]);
	expect(Object.keys(own[0]).sort()).toEqual(['account', 'createdAt', 'id']);
	expect(own[0].account).toMatchObject({ id: account.id, name: 'Archive Robot', role: 'reader' });
	const all = await tokens.list(db);
	expect(all.slice(0, 2)).toEqual(own);
	expect(new Set(all.map(({ account: { name } }) => name))).toEqual(
		new Set(['Archive Robot', 'Feed Robot'])
	);
	expect((await refusal(tokens.list(db, 'Nobody'))).status).toBe(404);
});

test('a revoked token is none, the others go on, and it is on record', async () => {
	const { account } = await person(db, 'Weather Robot');
	const [first, second, third] = [
		await made('Weather Robot'),
		await made('Weather Robot'),
		await made('Weather Robot')
	];
	expect(await tokens.revoke(db, first.id)).toMatchObject({ id: first.id, account });
	// Found in a repository, say: then the operator has it, and no id.
	expect(await tokens.revoke(db, second.token)).toMatchObject({ id: second.id, account });
	expect(await tokens.read(db, first.token)).toBeNull();
	expect(await tokens.read(db, second.token)).toBeNull();
	expect(await tokens.read(db, third.token)).toMatchObject({ id: account.id });
	expect(await tokens.list(db, 'Weather Robot')).toMatchObject([{ id: third.id }]);
	const kept = await db.read
		.select()
		.from(securityEvents)
		.where(eq(securityEvents.accountId, account.id));
	// Which one it was, and nothing of its secret.
	const told = (wanted: string) =>
		kept.filter(({ kind }) => kind === wanted).map(({ details }) => details);
	const ids = (...some: { id: string }[]) => some.map(({ id }) => ({ token: id }));
	expect(told('token.made')).toHaveLength(3);
	expect(told('token.made')).toEqual(expect.arrayContaining(ids(first, second, third)));
	expect(told('token.revoked')).toHaveLength(2);
	expect(told('token.revoked')).toEqual(expect.arrayContaining(ids(first, second)));
});

test('what is no token, or is none any more, cannot be revoked', async () => {
	const { id, token } = await made('Feed Robot');
	await tokens.revoke(db, id);
	const before = await tokens.list(db);
	for (const wrong of [id, token, '', 'Feed Robot', id.toUpperCase(), `${token} `, '%']) {
		expect((await refusal(tokens.revoke(db, wrong))).status).toBe(404);
	}
	expect(await tokens.list(db)).toEqual(before);
});

test('the token of somebody who is banned reads and cannot write; with the account it goes', async () => {
	const { account } = await person(db, 'Leaving Robot');
	const { id, token } = await made('Leaving Robot');
	await db.write((tx) =>
		tx.update(accounts).set({ bannedAt: now() }).where(eq(accounts.id, account.id)).returning()
	);
	const banned = await tokens.read(db, token);
	expect(() => assertNotBarred(actorOf(banned!, null))).toThrow('may not take part');
	expect((await tokens.list(db, 'Leaving Robot'))[0].account.bannedAt).not.toBeNull();
	await deletion.deleteNow(db, system, { name: 'Leaving Robot', withComments: false });
	expect(await tokens.read(db, token)).toBeNull();
	expect((await tokens.list(db)).map((one) => one.id)).not.toContain(id);
});
