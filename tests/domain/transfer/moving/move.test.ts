import BetterSqlite from 'better-sqlite3';
import { and, eq } from 'drizzle-orm';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { migratePostgres } from '#lib/server/database/migrate-postgres.ts';
import { migrate } from '#lib/server/database/migrate.ts';
import { markOf } from '#lib/server/database/moved.ts';
import { open } from '#lib/server/database/open.ts';
import { accounts, follows } from '#lib/server/database/schema.ts';
import { sqlitePath } from '#lib/server/database/sqlite.ts';
import { newId } from '#lib/server/ids.ts';
import { record } from '#lib/server/moderation/log.ts';
import type { Refusal } from '#lib/server/refusal.ts';
import { move, takeBack, type MoveProgress } from '#lib/server/transfer/move/move.ts';
import { runCommand } from '../../../support/command.ts';
import { startCluster, type Cluster } from '../../../support/postgres.ts';
import { bySocket } from '../../database/support/socket.ts';
import { testDatabaseUrl } from '../../support/database.ts';
import { newsroom, say } from '../../support/newsroom.ts';
import { fillAll, inFile, inPostgres, tables } from './rows.ts';

const SILENT: MoveProgress = { begin() {}, rows() {}, closed() {} };

// A move starts from SQLite: where the suite runs on PostgreSQL there is nothing to move.
describe.runIf(inject('databases').dialect === 'sqlite')('moving a site to PostgreSQL', () => {
	let cluster: Cluster;
	let made = 0;

	beforeAll(async () => {
		cluster = await startCluster();
	});
	afterAll(() => cluster.stop());

	/** An empty database. */
	async function target(): Promise<string> {
		const name = `paper_${++made}`;
		await cluster.create(name);
		return cluster.url(name);
	}

	/** An empty database of somebody who may do nothing else, as an operator's should be. */
	async function targetOfClerk(): Promise<string> {
		await ask(cluster.url('postgres'), async (client) => {
			await client.query('create role clerk login nosuperuser nocreatedb nocreaterole');
			await client.query('create database clerks owner clerk');
		});
		const url = new URL(cluster.url('clerks'));
		url.username = 'clerk';
		return url.href;
	}

	async function ask<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
		const client = new Client({ connectionString: url });
		await client.connect();
		try {
			return await work(client);
		} finally {
			await client.end();
		}
	}

	/** What is in the schema beside rows. */
	async function shape(url: string): Promise<unknown[]> {
		const { rows } = await ask(url, (client) =>
			client.query<object>(`
				select indexdef as what from pg_indexes where schemaname = 'public'
				union all select conrelid::regclass::text || conname || pg_get_constraintdef(oid) || condeferrable from pg_constraint
				union all select tgname || tgenabled::text from pg_trigger where not tgisinternal
				union all select table_name from information_schema.tables where table_schema in ('public', 'drizzle')
				union all select hash from drizzle.__drizzle_migrations order by 1`)
		);
		return rows;
	}

	async function expectSame(from: string, to: string): Promise<void> {
		const there = await ask(to, inPostgres);
		const here = inFile(sqlitePath(from));
		for (const name of Object.keys(here)) expect(there[name], name).toEqual(here[name]);
	}

	function run(from: string, to: string, more: Partial<MoveProgress> = {}, dryRun = false) {
		return move({ from, to, dryRun }, { ...SILENT, ...more });
	}

	/** A site in which every table has rows. */
	async function filled(): Promise<string> {
		const from = await testDatabaseUrl();
		fillAll(sqlitePath(from));
		return from;
	}

	it('R16 carries every row of every table, to the character and the millisecond', async () => {
		const from = await filled();
		const to = await targetOfClerk();
		const report = await run(from, to);
		expect(report).toMatchObject({ outcome: 'moved', mended: [], changed: 0 });
		expect(report.tables.map(({ rows }) => rows)).toEqual(tables().map(() => 3));
		await expectSame(from, to);
		// The schema is as the migrations make it, with nothing set aside for ever.
		const made = await target();
		await migratePostgres(made);
		expect(await shape(to)).toEqual(await shape(made));
		await expect(
			ask(to, (client) => client.query("update actions set reason = 'changed'"))
		).rejects.toThrow('append-only');
		await expect(
			ask(to, (client) => client.query("update votes set account_id = 'nobody'"))
		).rejects.toThrow('foreign key');
	});

	it('R16 goes by a socket of the machine too, and says so without who signs in', async () => {
		const from = await filled();
		const to = await target();
		const socket = await bySocket(to);
		const printed = await runCommand(from, ['move', '--to', socket.url]);
		await socket.close();
		expect(printed.code, printed.stderr).toBe(0);
		expect(markOf(from)?.target).toBe(socket.url.replace('afterword@', ''));
		await expectSame(from, to);
	});

	it('R16 puts a sign for what PostgreSQL cannot hold, and says where', async () => {
		const from = await testDatabaseUrl();
		const { db, reader, article } = await newsroom(await open(from));
		const id = await say(db, reader, article, 'All well.');
		await db.close();
		const file = new BetterSqlite(sqlitePath(from));
		file
			.prepare("update accounts set bio = 'a' || char(0) || 'b' where id = ?")
			.run(reader.accountId);
		const body = '[{"text":"\\\\u0000 half \\ud800 nul \\u0000 whole \\ud83d\\ude00"}]';
		file.prepare('update comments set body = ? where id = ?').run(body, id);
		file.close();
		const to = await target();
		const { mended } = await run(from, to);
		expect(mended).toMatchObject([
			{ table: 'accounts', key: JSON.stringify([reader.accountId]), column: 'bio' },
			{ table: 'comments', key: JSON.stringify([id]), column: 'body' }
		]);
		const { rows } = await ask(to, (client) =>
			client.query('select bio, body from comments, accounts where accounts.id = author_id')
		);
		expect(rows).toEqual([{ bio: 'a�b', body: [{ text: '\\u0000 half � nul � whole 😀' }] }]);
	});

	it('R20 carries no words that changed on the disk, and says where', async () => {
		const from = await testDatabaseUrl();
		const { db, reader, article } = await newsroom(await open(from));
		const id = await say(db, reader, article, 'Never.');
		await db.close();
		const file = new BetterSqlite(sqlitePath(from));
		file.exec("update comments set body = replace(body, 'Never', 'Often')");
		file.close();
		const moving = run(from, await target());
		await expect(moving).rejects.toThrow(new RegExp(`${id}.*is not what was written`, 's'));
	});

	it('R16 notices a row that came by without being noted, and leaves the file in service', async () => {
		const from = await filled();
		const to = await target();
		const begin: MoveProgress['begin'] = (step) => {
			if (step !== 'checking') return;
			const file = new BetterSqlite(sqlitePath(from));
			file.exec(`drop trigger "afterword_move_change_categories_insert";
				insert into categories (id, name, slug, created_at) values ('0000000000000000', 'By night', 'by-night', 0)`);
			file.close();
		};
		await expect(run(from, to, { begin })).rejects.toThrow('categories has 4 rows here, and 3');
		expect(markOf(from)).toBeNull();
	});

	it('names what PostgreSQL cannot hold at all, and leaves the file in service', async () => {
		const from = await filled();
		const file = new BetterSqlite(sqlitePath(from));
		file.exec(`
			update sessions set created_at = -9e15 where rowid = 1;
			update accounts set revision = 'many', moderates = '{', bio = x'00ff' where rowid = 1;
			update accounts set revision = 2147483648 where rowid = 2;`);
		const to = await target();
		const key = JSON.stringify(['accounts.id 0 ä"\\']);
		for (const dryRun of [true, false]) {
			const { message } = await run(from, to, {}, dryRun).then(
				() => new Error('It went well.'),
				(error: Error) => error
			);
			expect(message).toContain(`accounts ${key}: bio is no text`);
			expect(message).toContain(`accounts ${key}: moderates is no JSON`);
			expect(message).toContain(`accounts ${key}: revision is no whole number`);
			expect(message).toContain('revision is out of range');
			expect(message).toContain('created_at is out of range');
		}
		expect(markOf(from)).toBeNull();
		expect(
			file.prepare("select name from sqlite_schema where name like 'afterword%'").all()
		).toEqual([]);
		file.exec("update accounts set revision = 1, moderates = null, bio = ''");
		file.exec('update sessions set created_at = 0');
		file.close();
		await run(from, to);
		await expectSame(from, to);
	});

	it('carries what changes meanwhile: new, other, gone, exchanged, in every order', async () => {
		const from = await testDatabaseUrl();
		const { db, reader, other, moderator, article } = await newsroom(await open(from));
		await say(db, reader, article, 'Before.');
		const follow = { accountId: reader.accountId, articleId: article.id, createdAt: new Date() };
		await db.write((tx) => tx.insert(follows).values([{ ...follow, rootId: '' }]));
		const to = await target();
		const write = async () => {
			for (let n = 0; n < 20; n++) await say(db, other, article, `Meanwhile ${n}.`);
			await db.write(async (tx) => {
				await tx.update(follows).set({ rootId: 'another' });
				// Two unique values change places.
				const name = (key: string) => ({ nameKey: key, nameSkeleton: key });
				const is = (id: string) => eq(accounts.id, id);
				await tx.update(accounts).set(name('nobody')).where(is(reader.accountId));
				await tx.update(accounts).set(name('rhoda peel')).where(is(other.accountId));
				await tx.update(accounts).set(name('otto lind')).where(is(reader.accountId));
				const subject = { articleId: article.id };
				await record(tx, moderator, { kind: 'article.commenting', subject });
			});
			for (let n = 20; n < 250; n++) await say(db, other, article, `Meanwhile ${n}.`);
		};
		let writing: Promise<unknown> | undefined;
		const report = await run(from, to, {
			begin(step) {
				// Where the move was quicker, the rest is refused.
				if (step === 'copying') writing = write().catch((error: unknown) => error);
			}
		});
		expect([undefined, 'moved']).toContain(((await writing) as Refusal | undefined)?.code);
		await db.close();
		expect(report.outcome).toBe('moved');
		await expectSame(from, to);
	});

	it('carries again what changed between the check and the last step', async () => {
		const from = await testDatabaseUrl();
		const { db, reader, article } = await newsroom(await open(from));
		for (let n = 0; n < 5; n++) await say(db, reader, article, `Before ${n}.`);
		const raw = new BetterSqlite(sqlitePath(from));
		const to = await target();
		const id = newId();
		const report = await run(from, to, {
			begin(step) {
				if (step !== 'checking') return;
				raw.exec(`update comments set score = 7, edited_at = 1234567890123`);
				raw.exec(`insert into claims values ('comment:x', '${reader.accountId}', 1, 2)`);
				raw.exec(`delete from claims`);
				raw.exec(`insert into categories values ('${id}', 's', 'A section', '', 5)`);
			}
		});
		raw.close();
		await db.close();
		expect(report.changed).toBe(7);
		await expectSame(from, to);
	});

	it('leaves a file that nothing writes to, and no server starts on', async () => {
		const from = await testDatabaseUrl();
		const { db, reader, article } = await newsroom(await open(from));
		const id = await say(db, reader, article, 'Before.');
		const to = await target();
		await run(from, to);
		const before = inFile(sqlitePath(from));
		await expect(say(db, reader, article, 'After.')).rejects.toMatchObject({
			...{ status: 503, code: 'moved', details: { retryAfter: 5 } },
			message: expect.stringContaining('Your words are still here') as string
		});
		await expect(
			db.write((tx) => tx.delete(accounts).where(and(eq(accounts.id, id))))
		).resolves.toBeDefined();
		await expect(db.write((tx) => tx.delete(follows))).resolves.toBeDefined();
		expect(await db.read.$count(accounts)).toBeGreaterThan(0);
		expect(inFile(sqlitePath(from))).toEqual(before);
		await expect(migrate(from)).rejects.toThrow(/moved to postgres:\/\/127\.0\.0\.1:\d+\/paper_/);
		await expect(run(from, to)).rejects.toThrow('already');
		await db.close();
	});

	it('comes to nothing where the target is not fit for it', async () => {
		const from = await filled();
		const used = await target();
		await run(await testDatabaseUrl(), used);
		await ask(used, (client) => client.query("insert into pictures values ('x', '', now())"));
		await expect(run(from, used)).rejects.toThrow('not empty: there are rows in pictures');
		const strange = await target();
		await ask(strange, (client) => client.query('create table ledger (id int)'));
		await expect(run(from, strange)).rejects.toThrow('has the table ledger');
		await ask(used, (client) =>
			client.query(
				"create database old encoding 'LATIN1' locale 'C' locale_provider libc template template0"
			)
		);
		await expect(run(from, cluster.url('old'))).rejects.toThrow('LATIN1');
		await expect(run(from, cluster.url('nowhere'))).rejects.toMatchObject({ code: '3D000' });
		await ask(strange, (client) => client.query('drop table ledger'));
		await ask(strange, async (client) => {
			await client.query('select pg_advisory_lock(7236012)');
			await expect(run(from, strange)).rejects.toThrow('Another move');
		});
		expect(markOf(from)).toBeNull();
		expect((await run(from, strange, {}, true)).outcome).toBe('tried');
		expect(
			await ask(strange, (client) =>
				client.query("select 1 from pg_tables where schemaname = 'public'")
			)
		).toMatchObject({ rowCount: 0 });
	});

	it('goes on where it was broken off at any step', async () => {
		const from = await filled();
		const to = await target();
		for (const broken of ['copying', 'checking'] as const) {
			const breaking = run(from, to, {
				begin(step) {
					if (step === broken) throw new Error('Broken off.');
				}
			});
			await expect(breaking).rejects.toThrow('Broken off');
			expect(await ask(to, inPostgres)).toEqual(
				Object.fromEntries(Object.keys(inFile(sqlitePath(from))).map((name) => [name, []]))
			);
		}
		const { tables: first } = await run(from, to);
		// Ended between the two commits: the file is in service, the target full and marked.
		const mark = takeBack(from)!;
		await ask(to, (client) =>
			client.query(`create table afterword_move as select '${mark.id}'::text as id`)
		);
		const file = new BetterSqlite(sqlitePath(from));
		file.exec("update accounts set bio = 'Written in the file.'");
		file.close();
		const { tables: second } = await run(from, to);
		expect(second.find(({ name }) => name === 'accounts')!.hash).not.toBe(
			first.find(({ name }) => name === 'accounts')!.hash
		);
		await expectSame(from, to);
		// Ended after both: only the target's mark is still there.
		await ask(to, (client) =>
			client.query(`create table afterword_move as select '${markOf(from)!.id}'::text as id`)
		);
		expect((await run(from, to)).outcome).toBe('finished');
		await expectSame(from, to);
	});

	it('refuses a file with a table that it would leave behind', async () => {
		const from = await testDatabaseUrl();
		const file = new BetterSqlite(sqlitePath(from));
		file.exec('create table extra (id text primary key)');
		file.close();
		await expect(run(from, await target())).rejects.toThrow('does not know: extra');
	});
});
