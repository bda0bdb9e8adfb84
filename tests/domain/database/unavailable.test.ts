import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { describe, expect, inject, test, vi } from 'vitest';
import type { Database, Tx } from '#lib/server/database/database.ts';
import { open } from '#lib/server/database/open.ts';
import { categories } from '#lib/server/database/schema.ts';
import { connectSqlite, sqlitePath } from '#lib/server/database/sqlite.ts';
import { explain, unreadable } from '#lib/server/database/unavailable.ts';
import { WriteQueue } from '#lib/server/database/write-queue.ts';
import { newId } from '#lib/server/ids.ts';
import { isRefusal } from '#lib/server/refusal.ts';
import { testDatabaseUrl } from '../support/database.ts';
import { outcome } from '../support/refusals.ts';

const { dialect } = inject('databases');

async function add(tx: Tx, length = 10): Promise<void> {
	const row = { id: newId(), slug: newId(), createdAt: new Date() };
	await tx.insert(categories).values({ ...row, name: newId().padEnd(length, 'x') });
}

/** What is logged while something is done. */
async function logged(work: () => Promise<void>): Promise<string> {
	const lines: string[] = [];
	const spy = vi.spyOn(process.stderr, 'write').mockImplementation((line) => {
		lines.push(String(line));
		return true;
	});
	await work().finally(() => spy.mockRestore());
	return lines.join('');
}

test.runIf(dialect === 'sqlite')(
	'R4 a full disk refuses what does not fit, and nothing else',
	async () => {
		const connection = connectSqlite(sqlitePath(await testDatabaseUrl()));
		const pages = connection.pragma('page_count', { simple: true }) as number;
		connection.pragma(`max_page_count = ${pages + 4}`);
		const queue = new WriteQueue(connection, drizzle(connection) as unknown as Tx);
		const lines = await logged(async () => {
			const answers = [
				queue.add((tx) => add(tx)),
				queue.add((tx) => add(tx, 1_000_000)),
				queue.add((tx) => add(tx))
			].map(outcome);
			const [one, large, other] = await Promise.all(answers);
			// When the whole transaction had to be rolled back, who was before it in it is told so too.
			expect([large, other]).toEqual(['503 unavailable', 'done']);
			expect(['done', large]).toContain(one);
			const [{ count }] = connection.prepare('select count(*) as count from categories').all() as {
				count: number;
			}[];
			expect(count).toBe(one === 'done' ? 2 : 1);
		});
		expect(lines).toContain('SQLITE_FULL');
		// It recovers without a restart.
		connection.pragma(`max_page_count = ${pages + 10_000}`);
		expect(await outcome(queue.add((tx) => add(tx, 1_000_000)))).toBe('done');
		expect(connection.pragma('integrity_check', { simple: true })).toBe('ok');
		connection.close();
	}
);

describe.runIf(dialect === 'postgres')('a lost connection', () => {
	const endOwn = sql<boolean>`pg_terminate_backend(pg_backend_pid())`;

	async function withDatabase(work: (db: Database) => Promise<void>): Promise<void> {
		const db = await open(await testDatabaseUrl());
		await work(db).finally(() => db.close());
	}

	test('R11 is told as such, and the next write has another one', () =>
		withDatabase(async (db) => {
			const lines = await logged(async () => {
				const lost = db.write(async (tx) => {
					await add(tx);
					await tx.select({ ended: endOwn }).from(sql`(select 1) as one`);
				});
				expect(await outcome(lost)).toBe('503 unavailable');
			});
			expect(lines).toContain('database.unavailable');
			expect(await db.read.$count(categories)).toBe(0);
			await db.write((tx) => add(tx));
			expect(await db.read.$count(categories)).toBe(1);
		}));
});

test.each([
	['SQLITE_BUSY', 503],
	['SQLITE_IOERR_FSYNC', 503],
	['53100', 503],
	['ECONNREFUSED', 503],
	['SQLITE_CORRUPT', 503],
	['SQLITE_NOTADB', 503],
	['XX001', 503],
	['SQLITE_CONSTRAINT_UNIQUE', null],
	['23505', null],
	['42601', null]
])('%s is told with status %s', async (code, status) => {
	const error = new Error('failed', { cause: Object.assign(new Error('cause'), { code }) });
	await logged(async () => {
		const told = explain(error);
		expect(unreadable(error)?.status ?? null).toBe(status);
		if (status === null) expect(told).toBe(error);
		else expect(isRefusal(told) && told.status).toBe(status);
	});
});
