import { eq, sql } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database, Tx } from '#lib/server/database/database.ts';
import { isUniqueViolation } from '#lib/server/database/errors.ts';
import { categories } from '#lib/server/database/schema.ts';
import { newId } from '#lib/server/ids.ts';
import { testDatabase } from '../support/database.ts';

let db: Database;

beforeAll(async () => {
	db = await testDatabase();
});
beforeEach(() => db.write((tx) => tx.delete(categories)));

async function add(tx: Tx, name: string, slug = name): Promise<string> {
	await tx.insert(categories).values({ id: newId(), name, slug, createdAt: new Date() });
	return name;
}

async function names(): Promise<string[]> {
	const rows = await db.read.select({ name: categories.name }).from(categories);
	return rows.map((row) => row.name).sort();
}

test('answers with the value once it is committed', async () => {
	expect(await db.write((tx) => add(tx, 'harbour'))).toBe('harbour');
	expect(await names()).toEqual(['harbour']);
});

test('what is not committed is not read', async () => {
	let during: string[] = [];
	await db.write(async (tx) => {
		await add(tx, 'harbour');
		during = await names();
	});
	expect(during).toEqual([]);
});

test('a failed one leaves nothing, and says why', async () => {
	const failing = db.write(async (tx) => {
		await add(tx, 'harbour');
		throw new Error('no');
	});
	await expect(failing).rejects.toThrow('no');
	expect(await names()).toEqual([]);
});

test('one that fails is rolled back alone, whatever runs beside it', async () => {
	const wanted = Array.from({ length: 40 }, (_, index) => `category ${index + 10}`);
	const settled = await Promise.allSettled(
		wanted.map((name, index) =>
			db.write(async (tx) => {
				await add(tx, name);
				if (index % 3 === 0) throw new Error(name);
			})
		)
	);
	const failed = wanted.filter((_, index) => index % 3 === 0);
	expect(settled.map((one) => one.status === 'rejected')).toEqual(
		wanted.map((name) => failed.includes(name))
	);
	expect(await names()).toEqual(wanted.filter((name) => !failed.includes(name)));
});

test('whoever fails because of another one may read what that one wrote', async () => {
	async function addOrRead(): Promise<string[]> {
		try {
			return [await db.write((tx) => add(tx, 'harbour'))];
		} catch (error) {
			expect(isUniqueViolation(error)).toBe(true);
			return names();
		}
	}
	const answers = await Promise.all(Array.from({ length: 10 }, addOrRead));
	expect(answers).toEqual(answers.map(() => ['harbour']));
});

test('a write within a write throws instead of waiting for itself', async () => {
	const nested = db.write(async (tx) => {
		await add(tx, 'harbour');
		await db.write((inner) => add(inner, 'town'));
	});
	await expect(nested).rejects.toThrow('A write within a write');
	expect(await names()).toEqual([]);
});

test('a write right after another one is not within it', async () => {
	await db.write((tx) => add(tx, 'harbour')).then(() => db.write((tx) => add(tx, 'town')));
	expect(await names()).toEqual(['harbour', 'town']);
});

test('afterCommit runs after the commit, in order', async () => {
	const seen: string[] = [];
	await db.write(async (tx, afterCommit) => {
		afterCommit(() => seen.push('first'));
		afterCommit(() => seen.push('second'));
		await add(tx, 'harbour');
		seen.push('work');
	});
	expect(seen).toEqual(['work', 'first', 'second']);
});

test('afterCommit does not run for one that failed', async () => {
	const seen: string[] = [];
	const both = [
		db.write(async (_tx, afterCommit) => {
			afterCommit(() => seen.push('failed'));
			throw new Error('no');
		}),
		db.write(async (tx, afterCommit) => {
			afterCommit(() => seen.push('done'));
			await add(tx, 'harbour');
		})
	];
	await Promise.allSettled(both);
	expect(seen).toEqual(['done']);
});

test('what fails in afterCommit does not undo, nor stop what comes after', async () => {
	const seen: string[] = [];
	await db.write(async (tx, afterCommit) => {
		afterCommit(() => {
			throw new Error('the mail is down');
		});
		afterCommit(() => seen.push('second'));
		await add(tx, 'harbour');
	});
	await db.write((tx) => add(tx, 'town'));
	expect(seen).toEqual(['second']);
	expect(await names()).toEqual(['harbour', 'town']);
});

test('counting up at once loses nothing', async () => {
	await db.write((tx) => add(tx, 'harbour', '0'));
	const count = sql<string>`cast(cast(${categories.slug} as integer) + 1 as text)`;
	const up = () =>
		db.write((tx) =>
			tx.update(categories).set({ slug: count }).where(eq(categories.name, 'harbour'))
		);
	await Promise.all(Array.from({ length: 60 }, up));
	const [row] = await db.read.select({ slug: categories.slug }).from(categories);
	expect(row.slug).toBe('60');
});

test('close waits for what is under way', async () => {
	const own = await testDatabase();
	const writes = Array.from({ length: 20 }, (_, index) =>
		own.write((tx) => add(tx, `category ${index}`))
	);
	await own.close();
	expect(await Promise.all(writes)).toHaveLength(20);
});
