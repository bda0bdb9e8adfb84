import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import type { Database } from '#lib/server/database/database.ts';
import { open } from '#lib/server/database/open.ts';
import { whileUnchanged } from '#lib/server/database/while-unchanged.ts';
import * as site from '#lib/server/site/site.ts';
import { testDatabaseUrl } from '../support/database.ts';

// PostgreSQL would have to be asked whether anything changed: then the question itself can be put.
const onSqlite = test.runIf(inject('databases').dialect === 'sqlite');

let db: Database;
let other: Database;
let asked: string[];

const revision = whileUnchanged(async (db, key) => {
	asked.push(key);
	return (await site.read(db.read))!.revision;
});

beforeEach(async () => {
	const url = await testDatabaseUrl();
	// Each has connections of its own, as each process has.
	[db, other] = await Promise.all([open(url), open(url)]);
	await site.ensure(db);
	asked = [];
});
afterEach(() => Promise.all([db.close(), other.close()]));

test.each([
	['this process', () => db],
	['another process', () => other]
])('what %s commits is known at the next question', async (_, who) => {
	for (let number = 1; number <= 3; number++) {
		expect(await revision(db)).toBe(number);
		await who().write((tx) => site.touch(tx));
	}
	expect(await revision(db)).toBe(4);
});

onSqlite('it is asked once for each key as long as nobody commits', async () => {
	await Promise.all([revision(db, 'a'), revision(db, 'a'), revision(db, 'b')]);
	await revision(db, 'a');
	expect(asked).toEqual(['a', 'b']);
	await revision(other, 'a');
	expect(asked).toHaveLength(3);
});

onSqlite('what is rolled back is no commit', async () => {
	await revision(db);
	const failing = db.write(async (tx) => {
		await site.touch(tx);
		throw new Error('no');
	});
	await expect(failing).rejects.toThrow('no');
	expect(await revision(db)).toBe(1);
	expect(asked).toHaveLength(1);
});

onSqlite('what was committed while it was asked makes it be asked again', async () => {
	const slow = whileUnchanged(async (db) => {
		const before = (await site.read(db.read))!.revision;
		if (before === 1) await other.write((tx) => site.touch(tx));
		return before;
	});
	expect(await slow(db)).toBe(1);
	expect(await slow(db)).toBe(2);
});

onSqlite('a question that failed is asked again', async () => {
	let fails = true;
	const failing = whileUnchanged(() => {
		if (!fails) return Promise.resolve('answer');
		fails = false;
		return Promise.reject(new Error('busy'));
	});
	await expect(failing(db)).rejects.toThrow('busy');
	expect(await failing(db)).toBe('answer');
});
