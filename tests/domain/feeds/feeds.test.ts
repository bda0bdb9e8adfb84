import { eq, inArray } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as articleFeeds from '#lib/feeds/articles.ts';
import type { FeedEntry } from '#lib/feeds/atom.ts';
import * as commentFeeds from '#lib/feeds/comments.ts';
import * as bylines from '#lib/server/articles/bylines.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import * as write from '#lib/server/articles/write.ts';
import type { Written } from '#lib/server/articles/write.ts';
import { edit } from '#lib/server/comments/edit.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import { articles, comments } from '#lib/server/database/schema.ts';
import { newId } from '#lib/server/ids.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import { WITHDRAWN } from '#lib/server/quotes/withdrawn.ts';
import { article, member, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal } from '../support/refusals.ts';

const SITE = 'The Courier';

let room: Newsroom;
let page: Written;

beforeAll(async () => {
	room = await newsroom();
});
beforeEach(async () => {
	page = await article(room.db, { title: 'The pier' });
});

async function said(of = page): Promise<FeedEntry[]> {
	return (await commentFeeds.newest(room.db, SITE, of.slug)).feed.entries;
}

async function paths(of = page): Promise<string[]> {
	return (await said(of)).map(({ path }) => path);
}

const post = (body = 'Words', parent: string | null = null, on = page) =>
	say(room.db, room.reader, on, body, parent);

describe('the feed of a discussion', () => {
	test('has the newest comments first, whichever thread they are in', async () => {
		const root = await post('One');
		const other = await say(room.db, room.other, page, 'Two');
		const reply = await post('*Three*', root);
		const entries = await said();
		expect(entries.map(({ path }) => path)).toEqual([`/c/${reply}`, `/c/${other}`, `/c/${root}`]);
		expect(entries[0]).toMatchObject({
			title: 'Rhoda Peel on The pier',
			author: { name: 'Rhoda Peel', path: '/people/Rhoda%20Peel' },
			html: '<p><em>Three</em></p>\n',
			inReplyTo: `/c/${root}`
		});
		expect(entries[2].inReplyTo).toBe(`/articles/${page.slug}`);
	});

	test('has fifty of them', async () => {
		const ids: string[] = [];
		for (let number = 0; number < 52; number++) ids.push(await post(`Number ${number}`));
		expect(await paths()).toEqual(
			ids
				.slice(2)
				.reverse()
				.map((id) => `/c/${id}`)
		);
	});

	test('is changed when one of them is', async () => {
		const id = await post();
		const [before] = await said();
		expect(before.updatedAt).toEqual(before.publishedAt);
		await edit(room.db, room.reader, { id, body: 'Others', revision: 1 });
		const [after] = await said();
		expect(after.html).toContain('Others');
		expect(after.updatedAt.getTime()).toBeGreaterThanOrEqual(after.publishedAt.getTime());
	});

	test.each<[string, (id: string) => Promise<unknown>]>([
		['was deleted', (id) => removeOwn(room.db, room.reader, id)],
		['was removed', (id) => decide.remove(room.db, room.moderator, { id, reason: 'Rude' })],
		['is hidden', () => commenting.set(room.db, room.moderator, page.slug, { state: 'hidden' })]
	])('what %s is not in it', async (_what, takeDown) => {
		const id = await post('A secret');
		expect(await paths()).toEqual([`/c/${id}`]);
		await takeDown(id);
		expect(await said()).toEqual([]);
	});

	test('what waits or was rejected is not in it', async () => {
		await commenting.set(room.db, room.moderator, page.slug, { state: 'premoderated' });
		const [first, second] = [await post('First'), await post('Second')];
		expect(await said()).toEqual([]);
		await decide.reject(room.db, room.moderator, { id: first, reason: 'Rude' });
		await decide.approve(room.db, room.moderator, { id: second, reason: '' });
		expect(await paths()).toEqual([`/c/${second}`]);
	});

	test('words that were withdrawn are in nobody’s comment', async () => {
		const source = await post('Xylophones are a crime.');
		const elsewhere = await article(room.db);
		const quote = `> [Rhoda Peel said,](/c/${source})\n> Xylophones are a crime.\n\nReally?`;
		await say(room.db, room.other, elsewhere, quote);
		const [before] = await said(elsewhere);
		expect(before.html).toContain(`<a href="/c/${source}">Rhoda Peel said,</a>`);
		expect(before.html).toContain('Xylophones');
		await decide.remove(room.db, room.moderator, { id: source, reason: 'Libel' });
		const [after] = await said(elsewhere);
		expect(after.html).toContain(WITHDRAWN);
		expect(after.html).not.toContain('Xylophones');
	});

	test('what readers reported is folded there too', async () => {
		const id = await post('A rude word');
		await room.db.write((tx) =>
			tx.update(comments).set({ foldedAt: new Date() }).where(eq(comments.id, id))
		);
		const [{ html }] = await said();
		expect(html).toContain('Readers reported this comment');
		expect(html).not.toContain('rude');
	});

	test('is of no draft, and of nothing that is not there', async () => {
		const draft = await article(room.db, { published: false });
		await expectRefusal(commentFeeds.newest(room.db, SITE, draft.slug), 404);
		await expectRefusal(commentFeeds.newest(room.db, SITE, 'nothing'), 404);
	});

	test('looks no further than a thousand comments back', async () => {
		const first = await post('Before the flood');
		const [row] = await room.db.read.select().from(comments).where(eq(comments.id, first));
		const flood = (count: number) =>
			room.db.write(async (tx) => {
				const rows = Array.from({ length: count }, () => {
					const id = newId();
					return { ...row, id, rootId: id, listedIn: null, status: 'rejected' as const };
				});
				for (let from = 0; from < count; from += 100) {
					await tx.insert(comments).values(rows.slice(from, from + 100));
				}
			});
		await flood(999);
		expect(await paths()).toEqual([`/c/${first}`]);
		await flood(1);
		expect(await paths()).toEqual([]);
	});
});

describe('the feed of a person', () => {
	test('has their newest comments, on whatever article', async () => {
		const person = await member(room.db, 'reader', 'Petra Lowe');
		const first = await say(room.db, person, page, 'One');
		await post('Somebody else’s');
		const elsewhere = await article(room.db, { title: 'The mole' });
		const second = await say(
			room.db,
			person,
			elsewhere,
			'Two',
			await post('Said', null, elsewhere)
		);
		const read = () => commentFeeds.newestBy(room.db, SITE, 'petra lowe');
		const told = await read();
		expect(told?.feed).toMatchObject({
			title: 'Petra Lowe · The Courier',
			path: '/people/Petra%20Lowe/feed.xml',
			entries: [
				{ path: `/c/${second}`, title: 'Petra Lowe on The mole' },
				{
					path: `/c/${first}`,
					title: 'Petra Lowe on The pier',
					inReplyTo: `/articles/${page.slug}`
				}
			]
		});
		expect(told?.articles.map(({ slug }) => slug)).toEqual([elsewhere.slug, page.slug]);
		await decide.remove(room.db, room.moderator, { id: second, reason: 'Rude' });
		await commenting.set(room.db, room.moderator, page.slug, { state: 'hidden' });
		expect((await read())?.feed.entries).toEqual([]);
		expect(await commentFeeds.newestBy(room.db, SITE, 'Nobody Here')).toBeNull();
	});
});

describe('the feed of articles', () => {
	beforeEach(async () => {
		// What other tests wrote came before.
		const earlier = new Date('2020-01-01T00:00:00Z');
		await room.db.write((tx) => tx.update(articles).set({ publishedAt: earlier }));
	});

	async function publishedAt(time: string, ...slugs: string[]): Promise<void> {
		const at = new Date(time);
		await room.db.write((tx) =>
			tx.update(articles).set({ publishedAt: at }).where(inArray(articles.slug, slugs))
		);
	}

	async function newest(): Promise<FeedEntry[]> {
		return (await articleFeeds.newest(room.db, SITE)).feed.entries;
	}

	test('has the newest first, with their authors', async () => {
		const { slug } = await bylines.save(room.db, room.editor, {
			...{ name: 'Edith Line', role: '', bio: '' }
		});
		const words = { title: 'The newest', standfirst: 'In short.', category: 'Harbour' };
		const last = await article(room.db, { ...words, byline: slug });
		const before = await article(room.db);
		await publishedAt('2026-01-02T00:00:00Z', last.slug);
		await publishedAt('2026-01-01T00:00:00Z', before.slug);
		await say(room.db, room.reader, last, 'Words');
		const [first, second] = await newest();
		expect(first).toMatchObject({
			path: `/articles/${last.slug}`,
			title: 'The newest',
			author: { name: 'Edith Line', path: `/bylines/${slug}` },
			publishedAt: new Date('2026-01-02T00:00:00Z'),
			summary: 'In short.',
			category: { slug: 'harbour', name: 'Harbour' },
			replies: { path: `/articles/${last.slug}/feed.xml`, count: 1 }
		});
		expect(second.path).toBe(`/articles/${before.slug}`);
	});

	test('has no drafts, and says nothing of hidden discussions', async () => {
		const draft = await article(room.db, { published: false });
		const hidden = await article(room.db);
		await say(room.db, room.reader, hidden, 'Words');
		await commenting.set(room.db, room.moderator, hidden.slug, { state: 'hidden' });
		const entries = await newest();
		expect(entries.map(({ path }) => path)).not.toContain(`/articles/${draft.slug}`);
		const found = entries.find(({ path }) => path === `/articles/${hidden.slug}`);
		expect(found).toBeDefined();
		expect(found?.replies).toBeUndefined();
	});

	test('is changed when an article is', async () => {
		const story = await article(room.db);
		const entryOf = async () =>
			(await newest()).find(({ path }) => path === `/articles/${story.slug}`);
		const before = await entryOf();
		await write.edit(room.db, room.editor, story.slug, { title: 'Another title' });
		const after = await entryOf();
		expect(after?.title).toBe('Another title');
		expect(after!.updatedAt.getTime()).toBeGreaterThanOrEqual(before!.updatedAt.getTime());
	});

	test('of a category has its articles alone', async () => {
		const inside = await article(room.db, { category: 'Weather' });
		await article(room.db, { category: 'Trade' });
		const { feed, shown } = await articleFeeds.newestOf(room.db, SITE, 'weather');
		expect(feed).toMatchObject({ title: 'Weather · The Courier', page: '/categories/weather' });
		expect(feed.entries.map(({ path }) => path)).toEqual([`/articles/${inside.slug}`]);
		expect(shown.map(({ id }) => id)).toEqual([inside.id]);
		await expectRefusal(articleFeeds.newestOf(room.db, SITE, 'nothing'), 404);
	});
});
