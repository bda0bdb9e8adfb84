import { expect, test, vi } from 'vitest';
import type { Database } from '#lib/server/database/database.ts';
import { readiness } from '#lib/server/monitoring/readiness.ts';
import { testDatabase } from '../support/database.ts';

/** A database that says how often it was written to, and fails while it is told to. */
async function watched() {
	const db = await testDatabase();
	const state = { writes: 0, fails: false };
	const write: Database['write'] = (work) => {
		state.writes += 1;
		return state.fails ? Promise.reject(new Error('full')) : db.write(work);
	};
	return { db: { ...db, write }, state };
}

test('a thousand who ask at once are answered by one look at the database', async () => {
	const { db, state } = await watched();
	const ask = readiness(db);
	const answers = await Promise.all(Array.from({ length: 1000 }, ask));
	expect(new Set(answers)).toEqual(new Set([null]));
	expect(state.writes).toBe(1);
	await ask();
	expect(state.writes, 'and so is who asks soon after').toBe(1);
});

test('what failed is looked at again a second later', async () => {
	vi.spyOn(process.stderr, 'write').mockReturnValue(true);
	const { db, state } = await watched();
	const clock = vi.spyOn(performance, 'now').mockReturnValue(10_000);
	const ask = readiness(db);
	state.fails = true;
	expect(await ask()).toBe('write');
	state.fails = false;
	expect(await ask()).toBe('write');
	clock.mockReturnValue(11_001);
	expect(await ask()).toBe(null);
	vi.restoreAllMocks();
});

test('a database that cannot be read is told apart', async () => {
	vi.spyOn(process.stderr, 'write').mockReturnValue(true);
	const db = await testDatabase();
	await db.close();
	expect(await readiness(db)()).toBe('read');
	vi.restoreAllMocks();
});
