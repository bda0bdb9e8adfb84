import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eq } from 'drizzle-orm';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import * as commenting from '#lib/server/articles/commenting.ts';
import type { Written } from '#lib/server/articles/write.ts';
import { now, shift } from '#lib/server/clock.ts';
import type { Database } from '#lib/server/database/database.ts';
import { open } from '#lib/server/database/open.ts';
import { articles } from '#lib/server/database/schema.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import { Revisions } from '#lib/server/site/revisions.ts';
import * as site from '#lib/server/site/site.ts';
import { PageCache } from '../../../src/front-door/page-cache/page-cache.ts';
import { endListening } from '../database/support/listening.ts';
import { testDatabaseUrl } from '../support/database.ts';
import { article, newsroom, say, type Newsroom } from '../support/newsroom.ts';

const PATIENCE = { timeout: 60_000, interval: 5 };
const READS = 200;
const HIT = 'afterword; hit';

describe.runIf(inject('databases').dialect === 'postgres')('kept pages on PostgreSQL', () => {
	let url: string;
	/** The processes: one that keeps pages, one that writes beside it. */
	let db: Database;
	let room: Newsroom;
	let pages: PageCache;
	let door: Server;
	/** An article of the test's own: of one that changes very often a page may be a second old. */
	let page: Written;

	/** A page that shows an article's revision. */
	async function render(target: string) {
		const slug = target.replace('/articles/', '');
		const { revision } = await site.current(db);
		const [row] = await db.read.select().from(articles).where(eq(articles.slug, slug));
		const tags = `site@${revision},article:${row.id}@${row.revision}`;
		const headers = { 'content-type': 'text/html', 'cache-tag': tags };
		return { status: 200, headers, body: Buffer.from(`revision ${row.revision}`) };
	}

	beforeAll(async () => {
		url = await testDatabaseUrl();
		db = await open(url, { listenUrl: url });
		room = await newsroom(await open(url));
		pages = new PageCache(new Revisions(db), render, 1_000_000);
		door = createServer((request, response) => {
			const visit = { id: randomUUID(), route: '', trace: null, isOver: false };
			if (pages.sendKept(request, response)) return;
			pages.answer({ request, response, visit, passOn: () => response.end() });
		});
		door.listen(0, '127.0.0.1');
		await once(door, 'listening');
	});
	afterAll(async () => {
		door.closeAllConnections();
		door.close();
		await Promise.all([db.close(), room.db.close()]);
	});
	beforeEach(async () => {
		page = await article(room.db);
	});

	const heard = () => expect.poll(() => db.hearing!.isTrusted, PATIENCE).toBe(true);

	async function get(slug: string): Promise<{ isKept: boolean; words: string }> {
		const { port } = door.address() as AddressInfo;
		const answer = await fetch(`http://127.0.0.1:${port}/articles/${slug}`);
		const isKept = answer.headers.get('cache-status') === HIT;
		return { isKept, words: await answer.text() };
	}

	/** Whether a guest gets a kept page, and whether it says what is so. */
	async function read(slug = page.slug) {
		const { isKept, words } = await get(slug);
		const [{ revision }] = await room.db.read
			.select({ revision: articles.revision })
			.from(articles)
			.where(eq(articles.slug, slug));
		return { isKept, isTrue: words === `revision ${revision}` };
	}

	/** What the process that keeps pages asks the database while something is done; proofs that it hears are not counted. */
	async function asked(what: () => Promise<unknown>): Promise<string[]> {
		const queries = vi.spyOn(Client.prototype, 'query');
		try {
			await what();
			const texts = queries.mock.calls.map(([query]) => {
				const { text, name } = query as unknown as { text?: string; name?: string };
				return name ?? text ?? String(query);
			});
			return texts.filter((text) => !/pg_notify|pg_trigger/.test(text));
		} finally {
			queries.mockRestore();
		}
	}

	/** Reads as often as it takes for a page to be kept. */
	async function keep(slug = page.slug): Promise<void> {
		for (let n = 0; n < 2; n++) await get(slug);
	}

	async function readOften(): Promise<void> {
		for (let n = 0; n < READS; n++) await get(page.slug);
	}

	test('a kept page needs no query, whatever else is written', async () => {
		// A new article shows on many pages; what is said there only on its own.
		const other = await article(room.db);
		await heard();
		await expect.poll(() => read(), PATIENCE).toEqual({ isKept: true, isTrue: true });
		const queries = async () => (await asked(readOften)).length;
		// On a machine that is very busy a proof may be late, and then it asks.
		await expect.poll(queries, PATIENCE).toBe(0);
		await say(room.db, room.reader, other, 'Somewhere else.');
		await expect.poll(queries, PATIENCE).toBe(0);
		expect(await read()).toMatchObject({ isKept: true, isTrue: true });
	});

	test('I6 what another process takes down ends the page', async () => {
		const id = await say(room.db, room.reader, page, 'To be taken down.');
		await expect.poll(() => read(), PATIENCE).toMatchObject({ isKept: true, isTrue: true });
		await heard();
		await decide.remove(room.db, room.moderator, { id, reason: 'Because' });
		await expect.poll(() => read(), PATIENCE).toMatchObject({ isTrue: true });
	});

	test('I6 what this process wrote shows with the next read', async () => {
		for (let n = 0; n < 10; n++) {
			await heard();
			await keep();
			await say(db, room.reader, page, `Number ${n}.`);
			expect(await read()).toMatchObject({ isKept: false, isTrue: true });
			expect(await read()).toMatchObject({ isKept: true, isTrue: true });
		}
	});

	test('while it does not hear, the database is asked for each moment’s readers', async () => {
		await heard();
		await keep();
		await endListening(url);
		await expect.poll(() => db.hearing!.isTrusted, PATIENCE).toBe(false);
		const id = await say(room.db, room.reader, page, 'Unheard.');
		expect(await read()).toMatchObject({ isKept: false, isTrue: true });
		expect((await asked(() => get(page.slug))).length).toBeGreaterThan(0);
		await decide.remove(room.db, room.moderator, { id, reason: 'Because' });
		expect(await read()).toMatchObject({ isTrue: true });
		await heard();
		expect(await read()).toMatchObject({ isKept: true, isTrue: true });
	});

	test('a comment state that gives way by itself ends the page without anybody writing', async () => {
		const { slug } = await article(room.db);
		const until = new Date(now().getTime() + 60_000);
		await commenting.set(room.db, room.moderator, slug, { state: 'disabled', until });
		await heard();
		await keep(slug);
		expect((await read(slug)).isKept).toBe(true);
		shift(60_001);
		expect((await read(slug)).isKept).toBe(false);
		shift(0);
	});
});
