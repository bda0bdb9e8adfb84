import { beforeAll, describe, expect, test } from 'vitest';
import type { Database, Tx } from '#lib/server/database/database.ts';
import { isUniqueViolation } from '#lib/server/database/errors.ts';
import { bylines, categories } from '#lib/server/database/schema.ts';
import { newId } from '#lib/server/ids.ts';
import { testDatabase } from '../support/database.ts';

let db: Database;
const id = newId();

beforeAll(async () => {
	db = await testDatabase();
	await db.write((tx) => insert(tx, { id, name: 'Harbour', slug: 'harbour' }));
});

function insert(tx: Tx, row: { id: string; name: string; slug: string }) {
	return tx.insert(categories).values({ ...row, createdAt: new Date() });
}

describe('isUniqueViolation', () => {
	test.each([
		['a primary key', { id, name: 'Town', slug: 'town' }],
		['a unique column', { id: newId(), name: 'Harbour', slug: 'town' }],
		['another unique column', { id: newId(), name: 'Town', slug: 'harbour' }]
	])('%s', async (_what, row) => {
		const error: unknown = await db.write((tx) => insert(tx, row)).catch((thrown) => thrown);
		expect(isUniqueViolation(error)).toBe(true);
	});

	test('a foreign key is none', async () => {
		const row = { slug: 'x', name: 'X', accountId: newId(), id: newId(), createdAt: new Date() };
		const error: unknown = await db
			.write((tx) => tx.insert(bylines).values(row))
			.catch((thrown) => thrown);
		expect(error).toBeInstanceOf(Error);
		expect(isUniqueViolation(error)).toBe(false);
	});

	test.each([[null], [undefined], ['23505'], [new Error('UNIQUE')], [{ code: 7 }]])(
		'%s is none',
		(thrown) => expect(isUniqueViolation(thrown)).toBe(false)
	);
});
