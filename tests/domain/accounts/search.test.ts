import { beforeAll, expect, test } from 'vitest';
import * as accounts from '#lib/server/accounts/accounts.ts';
import type { Database } from '#lib/server/database/database.ts';
import { member } from '../support/newsroom.ts';
import { testDatabase } from '../support/database.ts';
import type { Member } from '#lib/server/actor.ts';

let db: Database;
let admin: Member;

beforeAll(async () => {
	db = await testDatabase();
	admin = await member(db, 'admin', 'Ada Chief');
	for (const name of ['Wilma Stone', 'Élodie Pierre', 'Under_Score', 'Peter Stonehouse']) {
		await member(db, 'reader', name);
	}
});

test.each([
	['', ['Peter Stonehouse', 'Under_Score', 'Élodie Pierre', 'Wilma Stone', 'Ada Chief']],
	['stone', ['Peter Stonehouse', 'Wilma Stone']],
	['ÉLODIE', ['Élodie Pierre']],
	['wilma.stone@', ['Wilma Stone']],
	['_', ['Under_Score']],
	['%', []],
	['\\', []],
	["' or 1=1 --", []],
	['\0', ['Peter Stonehouse', 'Under_Score', 'Élodie Pierre', 'Wilma Stone', 'Ada Chief']],
	['\ud800', []],
	['x'.repeat(100_000), []]
])('%j finds %j', async (search, names) => {
	const { items, next } = await accounts.list(db, admin, { search });
	expect(items.map(({ name }) => name)).toEqual(names);
	expect(next).toBeNull();
});

test('a search is paged like the whole list', async () => {
	const first = await accounts.list(db, admin, { search: 'stone', limit: 1 });
	expect(first.items.map(({ name }) => name)).toEqual(['Peter Stonehouse']);
	const second = await accounts.list(db, admin, { search: 'stone', limit: 1, cursor: first.next });
	expect(second.items.map(({ name }) => name)).toEqual(['Wilma Stone']);
	expect(second.next).toBeNull();
});
