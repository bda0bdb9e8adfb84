import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test, vi } from 'vitest';
import { touchArticle } from '#lib/server/comments/counts.ts';
import type { Hearing, Told } from '#lib/server/database/hearing.ts';
import { open } from '#lib/server/database/open.ts';
import { newId } from '#lib/server/ids.ts';
import { withClient } from '#lib/server/database/postgres-client.ts';
import { articles } from '#lib/server/database/schema.ts';
import * as site from '#lib/server/site/site.ts';
import { article, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { testDatabaseUrl } from '../support/database.ts';
import { endListening } from './support/listening.ts';
import { bySocket } from './support/socket.ts';
import { standBetween } from './support/between.ts';

const PATIENCE = { timeout: 60_000, interval: 5 };

describe.runIf(inject('databases').dialect === 'postgres')('hearing', () => {
	let url: string;
	let room: Newsroom;
	const closing: (() => Promise<void>)[] = [];

	beforeAll(async () => {
		url = await testDatabaseUrl();
		const writing = await open(url);
		room = await newsroom(writing);
		closing.push(writing.close);
	});
	afterAll(() => Promise.all(closing.map((close) => close())));

	/** The database as a process opens it that serves, and what stands between. */
	async function listen(to = url) {
		const between = await standBetween(to);
		const db = await open(url, { listenUrl: between.url });
		closing.push(async () => {
			await db.close();
			between.close();
		});
		return { db, between, hearing: db.hearing! };
	}

	/** The same, once it hears. */
	async function trusting() {
		const all = await listen();
		await trusted(all.hearing);
		return all;
	}

	// `expect.poll` is of no test in particular, and so for none that runs beside others.
	const become = (what: () => unknown, wanted: unknown) =>
		vi.waitFor(() => expect(what()).toBe(wanted), PATIENCE);
	const trusted = (hearing: Hearing) => become(() => hearing.isTrusted, true);

	/** Waits, and says whether it was ever trusted meanwhile. */
	async function everTrusted(hearing: Hearing, until: () => boolean): Promise<boolean> {
		let ever = false;
		await become(() => {
			ever ||= hearing.isTrusted || hearing.isWorking || hearing.version() !== null;
			return until();
		}, true);
		return ever;
	}

	/** An article and the site as they stand, and when that was known. */
	async function look(hearing: Hearing, since = hearing.version()!) {
		const { id } = room.article;
		const { revision: ofSite } = await site.current(room.db);
		const [{ revision }] = await room.db.read.select().from(articles).where(eq(articles.id, id));
		const seen = new Map([
			['site', ofSite],
			[id, revision]
		]);
		return () => hearing.stands(seen, since);
	}

	const order = (...statements: string[]) =>
		withClient(url, async (client) => {
			for (const statement of statements) await client.query(statement);
		});

	test('what another process writes is heard, and nothing else is', async () => {
		const { hearing } = await trusting();
		const other = await article(room.db);
		const stands = await look(hearing);
		const news = vi.fn<Told>();
		onTestFinished(hearing.tell(news));
		const failing = room.db.write(async (tx) => {
			await touchArticle(tx, room.article.id);
			throw new Error('not after all');
		});
		await expect(failing).rejects.toThrow('not after all');
		await say(room.db, room.reader, other, 'Not there.');
		await expect.poll(() => news.mock.calls.flat(2), PATIENCE).toContain(other.id);
		expect(stands()).toBe(true);
		await say(room.db, room.reader, room.article, 'There.');
		await expect.poll(stands, PATIENCE).toBe(false);
		expect(news.mock.calls.flat(2)).toContain(room.article.id);
		const again = await look(hearing);
		expect(again()).toBe(true);
		await room.db.write((tx) => site.touch(tx));
		await expect.poll(again, PATIENCE).toBe(false);
	});

	test('is done by a socket of the machine too', async () => {
		const socket = await bySocket(url);
		const db = await open(socket.url, { listenUrl: socket.url });
		onTestFinished(async () => {
			await db.close();
			await socket.close();
		});
		await trusted(db.hearing!);
	});

	test('what is written by hand is heard as well, and what goes', async () => {
		const { hearing } = await trusting();
		const id = newId();
		await order(`insert into accounts (id, name, name_key, name_skeleton, created_at)
			values ('${id}', 'x', 'x', 'x', now())`);
		for (const [revision, statement] of [
			`update accounts set revision = revision + 1 where id = '${id}'`,
			`delete from accounts where id = '${id}'`
		].entries()) {
			const since = hearing.version()!;
			const seen = new Map([[id, revision + 1]]);
			expect(hearing.stands(seen, since)).toBe(true);
			await order(statement);
			await expect.poll(() => hearing.stands(seen, since), PATIENCE).toBe(false);
		}
	});

	test('an emptied table is everything changed', async () => {
		const { hearing } = await trusting();
		const stands = await look(hearing);
		// As the schema has it for the tables of the site, which the tests need still.
		await order(
			'create table spare (id text)',
			`create trigger tell_of_emptying after truncate on spare
				for each statement execute function tell_of_revision()`,
			'truncate spare',
			'drop table spare'
		);
		await expect.poll(stands, PATIENCE).toBe(false);
		const { rows } = await withClient(url, (client) =>
			client.query<{ trigger: string }>(
				`select tgrelid::regclass || ' ' || tgname as trigger from pg_trigger
					where tgname like 'tell_of_%' order by 1`
			)
		);
		expect(rows.map(({ trigger }) => trigger)).toEqual(
			['accounts', 'articles', 'site'].flatMap((table) =>
				['emptying', 'end', 'revision'].map((what) => `${table} tell_of_${what}`)
			)
		);
	});

	test('what the process itself writes it knows before anybody is answered', async () => {
		const { db, between, hearing } = await trusting();
		const since = hearing.version()!;
		const stands = await look(hearing, since);
		expect(stands()).toBe(true);
		// Nothing of what the database tells arrives any more.
		between.freeze();
		await db.write((tx) => touchArticle(tx, room.article.id));
		expect(stands()).toBe(false);
		const nothing = await look(hearing, since);
		await db.write((tx) => site.read(tx));
		expect(nothing()).toBe(true);
		const much = await look(hearing, since);
		await db.write(async (tx) => {
			for (let n = 0; n < 300; n++) await touchArticle(tx, room.article.id);
		});
		expect(much()).toBe(false);
	});

	test('a connection that is ended is trusted no more, and is made anew', async () => {
		const { hearing, between } = await trusting();
		const stands = await look(hearing);
		await endListening(url);
		await expect.poll(() => hearing.version(), PATIENCE).toBeNull();
		expect(hearing.isWorking).toBe(false);
		await trusted(hearing);
		expect(hearing.isWorking).toBe(true);
		expect(between.connections()).toBe(2);
		// It did not change, but nobody would have heard.
		expect(stands()).toBe(false);
		const again = await look(hearing);
		expect(again()).toBe(true);
		await say(room.db, room.reader, room.article, 'Afterwards.');
		await expect.poll(again, PATIENCE).toBe(false);
	});

	test('where nobody tells it is not trusted, until somebody does', async () => {
		const trigger = 'trigger tell_of_revision';
		await order(`alter table articles disable ${trigger}`);
		const { hearing, between } = await listen();
		expect(await everTrusted(hearing, () => between.connections() === 2)).toBe(false);
		await order(`alter table articles enable ${trigger}`);
		await trusted(hearing);
	});

	test.concurrent('half a connection is trusted for a second, and is made anew', async () => {
		const { hearing, between } = await trusting();
		between.freeze();
		await become(() => hearing.version(), null);
		await trusted(hearing);
		expect(between.connections()).toBe(2);
	});

	test.concurrent(
		'where notifications are swallowed it is never trusted, until they arrive',
		async () => {
			const { hearing, between } = await listen();
			between.swallow(true);
			expect(await everTrusted(hearing, () => between.connections() === 2)).toBe(false);
			between.swallow(false);
			await trusted(hearing);
		}
	);

	test.concurrent('another database is never trusted, though it hears that one', async () => {
		const { hearing, between } = await listen(await testDatabaseUrl());
		expect(await everTrusted(hearing, () => between.connections() === 2)).toBe(false);
	});
});
