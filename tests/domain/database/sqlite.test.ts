import BetterSqlite from 'better-sqlite3';
import { eq, sql, type SQL } from 'drizzle-orm';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, inject, test, vi } from 'vitest';
import type { Database, Read } from '#lib/server/database/database.ts';
import { open } from '#lib/server/database/open.ts';
import { prepared } from '#lib/server/database/prepared.ts';
import { categories, comments } from '#lib/server/database/schema.ts';
import { connectSqlite, sqlitePath } from '#lib/server/database/sqlite.ts';
import { newId } from '#lib/server/ids.ts';
import { countBy, meter, type Meter } from '#lib/server/monitoring/meter.ts';
import { testDatabaseUrl } from '../support/database.ts';
import { outcome } from '../support/refusals.ts';

const onSqlite = test.runIf(inject('databases').dialect === 'sqlite');
const FULL = 2;

async function pragma(read: Pick<Read, 'select'>, name: string): Promise<unknown> {
	const [row] = await read
		.select({ value: sql`${sql.identifier(name)}` })
		.from(sql`${sql.identifier(`pragma_${name}`)}`);
	return row.value;
}

function add(db: Database, name = newId()) {
	const row = { id: newId(), name, slug: name, createdAt: new Date() };
	return db.write((tx) => tx.insert(categories).values(row));
}

onSqlite('R2 every connection to a reopened file waits for the disk', async () => {
	const url = await testDatabaseUrl();
	for (let opening = 1; opening <= 3; opening++) {
		const db = await open(url);
		await add(db);
		expect(await pragma(db.read, 'synchronous'), 'reader').toBe(FULL);
		expect(await db.write((tx) => pragma(tx, 'synchronous')), 'writer').toBe(FULL);
		await db.close();
	}
});

onSqlite.each([
	['journal_mode', 'wal'],
	['foreign_keys', 1],
	['trusted_schema', 0]
])('%s is %s on both connections', async (name, value) => {
	const db = await open(await testDatabaseUrl());
	expect(await pragma(db.read, name), 'reader').toBe(value);
	expect(await db.write((tx) => pragma(tx, name)), 'writer').toBe(value);
	await db.close();
});

onSqlite('the reader cannot write', async () => {
	const connection = connectSqlite(sqlitePath(await testDatabaseUrl()), true);
	expect(() => connection.exec('delete from categories')).toThrow(/readonly/);
	connection.close();
});

onSqlite('R6 another connection’s lock is waited for while everything else goes on', async () => {
	const url = await testDatabaseUrl();
	const db = await open(url);
	const stranger = new BetterSqlite(sqlitePath(url));
	stranger.exec('BEGIN IMMEDIATE');
	let done = false;
	const writing = add(db, 'harbour').then(() => (done = true));
	// A thousand turns of the event loop, each with a read, while the write waits.
	let longest = 0;
	for (let turn = 0; turn < 1000; turn++) {
		const before = performance.now();
		await new Promise((resolve) => setImmediate(resolve));
		longest = Math.max(longest, performance.now() - before);
	}
	expect(await db.read.select().from(categories)).toEqual([]);
	expect(done).toBe(false);
	stranger.exec('COMMIT');
	stranger.close();
	await writing;
	expect(await db.read.select().from(categories)).toHaveLength(1);
	// SQLite's own wait would have been seconds in one piece.
	expect(longest).toBeLessThan(1000);
	await db.close();
});

onSqlite('R6 a lock that is never given up is not waited for for ever', async () => {
	const url = await testDatabaseUrl();
	const db = await open(url);
	const stranger = new BetterSqlite(sqlitePath(url));
	stranger.exec('BEGIN IMMEDIATE');
	const writing = outcome(add(db, 'harbour'));
	await new Promise((resolve) => setImmediate(resolve));
	const clock = performance.now();
	const watch = vi.spyOn(performance, 'now').mockReturnValue(clock + 60_000);
	expect(await writing).toBe('503 busy');
	watch.mockRestore();
	stranger.exec('COMMIT');
	stranger.close();
	// Nothing is half written, and the next one is served.
	expect(await db.read.select().from(categories)).toEqual([]);
	await add(db, 'harbour');
	expect(await db.read.select().from(categories)).toHaveLength(1);
	await db.close();
});

const pendingNow = prepared((db: Read) =>
	db
		.select({ id: comments.id })
		.from(comments)
		.where(eq(comments.status, sql.placeholder('status')))
		.orderBy(comments.id)
		.limit(sql.placeholder('most'))
		.prepare('pending_now')
);

onSqlite('what is prepared is planned once, whatever the values are', async () => {
	const db = await open(await testDatabaseUrl());
	const { sql: text } = pendingNow(db.read).getQuery();
	const connection = connectSqlite(sqlitePath(await testDatabaseUrl()), true);
	const planOf = (query: string) =>
		JSON.stringify(connection.prepare(`explain query plan ${query}`).all('pending', 3));
	// An index of what is pending serves only who knows that this is asked for.
	expect(planOf(text.replaceAll('+?', '?'))).toContain('comments_pending');
	expect(planOf(text)).not.toContain('comments_pending');
	expect(await pendingNow(db.read).execute({ status: 'pending', most: 3 })).toEqual([]);
	connection.close();
	await db.close();
});

/** How many transactions were committed together, each time, while something is done. */
async function groupsOf(work: () => Promise<unknown>): Promise<number[]> {
	const [before, groups]: [Meter, number[]] = [meter(), []];
	countBy({ ...before, committed: (transactions) => groups.push(transactions) });
	await work();
	countBy(before);
	return groups;
}

onSqlite('R6 those that come while others gather are committed with them', async () => {
	const db = await open(await testDatabaseUrl());
	const turn = () => new Promise((resolve) => setImmediate(resolve));
	const later = turn().then(async () => {
		const second = add(db);
		await turn();
		await Promise.all([second, add(db)]);
	});
	expect(await groupsOf(() => Promise.all([add(db), later]))).toEqual([3]);
	expect(await groupsOf(() => add(db))).toEqual([1]);
	await db.close();
});

onSqlite('R6 the first of a group that fails ends nothing for those behind it', async () => {
	const db = await open(await testDatabaseUrl());
	const failing = () => db.write(() => Promise.reject(new Error('no')));
	const all = () => Promise.allSettled([failing(), add(db, 'harbour'), failing(), add(db, 'town')]);
	expect(await groupsOf(all)).toEqual([3]);
	expect(await db.read.select().from(categories)).toHaveLength(2);
	await db.close();
});

/** Writes something, and loses the transaction without a word, as work may that does not mind errors. */
function losing(db: Database): Promise<void> {
	return db.write(async (tx) => {
		const row = { id: newId(), name: 'lost', slug: 'lost', createdAt: new Date() };
		await tx.insert(categories).values(row);
		(tx as unknown as { run(query: SQL): void }).run(sql`rollback`);
	});
}

onSqlite(
	'R4 nobody is told of success when the transaction was lost beneath the work',
	async () => {
		const db = await open(await testDatabaseUrl());
		const settled = (all: Promise<unknown>[]) =>
			Promise.allSettled(all).then((each) => each.map(({ status }) => status));
		expect(await settled([losing(db)])).toEqual(['rejected']);
		expect(await settled([add(db), losing(db), add(db)])).toEqual([
			'rejected',
			'rejected',
			'fulfilled'
		]);
		expect(await db.read.select().from(categories)).toHaveLength(1);
		await db.close();
	}
);

onSqlite('R7 two processes on one file both get their turn', async () => {
	const url = await testDatabaseUrl();
	const [one, two] = [await open(url), await open(url)];
	await Promise.all(Array.from({ length: 40 }, (_, index) => add(index % 2 ? one : two)));
	expect(await one.read.select().from(categories)).toHaveLength(40);
	await Promise.all([one.close(), two.close()]);
});

onSqlite('R5 a database whose log is there and whose file is not is not made anew', async () => {
	const path = sqlitePath(await testDatabaseUrl());
	rmSync(path);
	writeFileSync(`${path}-wal`, 'what was written last');
	await expect(open(`file:${path}`)).rejects.toThrow('put the file back, or restore a backup');
	expect(existsSync(path)).toBe(false);
});

onSqlite('R5 a database where no directory can be is told', async () => {
	const file = sqlitePath(await testDatabaseUrl());
	await expect(open(`file:${file}/inside/afterword.db`)).rejects.toThrow(/ENOTDIR/);
});

test('a URL of the other dialect is refused in words', async () => {
	const foreign = inject('databases').dialect === 'sqlite' ? 'postgres://x/y' : 'file:x.db';
	await expect(open(foreign)).rejects.toThrow(/set DATABASE_URL/);
});

test.each([
	['file:data/afterword.db', 'data/afterword.db'],
	['file:/var/lib/afterword.db', '/var/lib/afterword.db'],
	['file:///var/lib/afterword.db', '/var/lib/afterword.db']
])('the path of %s', (url, path) => expect(sqlitePath(url)).toBe(path));

onSqlite(
	'the version is another one after every commit, whoever made it, and else the same',
	async () => {
		const url = await testDatabaseUrl();
		const db = await open(url);
		const stranger = new BetterSqlite(sqlitePath(url));
		const add1 = 'insert into categories (id, slug, name, created_at) values (?, ?, ?, 0)';
		const write = () => {
			const name = newId();
			stranger.prepare(add1).run(name, name, name);
		};
		const commits: Record<string, () => unknown> = {
			ours: () => add(db),
			'a stranger’s': write,
			'after a checkpoint': () => {
				stranger.pragma('wal_checkpoint(PASSIVE)');
				write();
			},
			'into a log that begins anew': () => {
				stranger.pragma('wal_checkpoint(TRUNCATE)');
				write();
			},
			'into the same pages again': () =>
				stranger.exec('update categories set created_at = created_at + 1'),
			'of nothing but a rebuilt file': () => stranger.exec('VACUUM')
		};
		let last = db.version();
		for (let round = 0; round < 50; round++) {
			for (const [what, commit] of Object.entries(commits)) {
				await commit();
				// Others commit between two turns of the event loop, and are seen in the next one.
				await turn();
				const now = db.version();
				expect(now, what).not.toBe(last);
				expect(db.version(), what).toBe(now);
				last = now;
			}
			await db.read.select().from(categories);
			stranger.exec('BEGIN IMMEDIATE; DELETE FROM categories; ROLLBACK');
			await turn();
			expect(db.version(), 'after reading, and what was rolled back').toBe(last);
		}
		stranger.close();
		await db.close();
		await turn();
		expect(db.version()).toBeNull();
	}
);

onSqlite(
	'what a stranger committed within a turn is no later for that, however long the turn is',
	async () => {
		const url = await testDatabaseUrl();
		const db = await open(url);
		const stranger = new BetterSqlite(sqlitePath(url));
		await turn();
		// A page is being made, and goes by what it saw when it began.
		const begun = db.version();
		stranger.exec("insert into categories (id, slug, name, created_at) values ('a', 'a', 'a', 0)");
		expect(db.version()).toBe(begun);
		// What is seen here is what others are told for half a millisecond more.
		const recent = db.recentVersion();
		await turn();
		expect(recent).toBe(db.version());
		expect(recent).not.toBe(begun);
		stranger.close();
		await db.close();
	}
);
