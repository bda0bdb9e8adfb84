import { eq } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import * as tokens from '#lib/server/accounts/tokens.ts';
import type { Database } from '#lib/server/database/database.ts';
import { accounts, apiTokens } from '#lib/server/database/schema.ts';
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
