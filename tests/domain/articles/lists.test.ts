import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { guest, type Actor } from '#lib/server/actor.ts';
import * as articles from '#lib/server/articles/articles.ts';
import * as bylines from '#lib/server/articles/bylines.ts';
import * as categories from '#lib/server/articles/categories.ts';
import * as write from '#lib/server/articles/write.ts';
import { articles as rows } from '#lib/server/database/schema.ts';
import { encodeCursor } from '#lib/server/cursors.ts';
import { newId } from '#lib/server/ids.ts';
import * as log from '#lib/server/moderation/log.ts';
import { article, newsroom, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal } from '../support/refusals.ts';

let room: Newsroom;
/** Published, oldest first; two at the same moment. */
let slugs: string[];
let draft: string;

beforeAll(async () => {
	room = await newsroom();
	const byline = await bylines.save(room.db, room.editor, { name: 'Ann Lee', role: '', bio: '' });
	slugs = [room.article.slug];
	for (let day = 2; day <= 8; day++) {
		const input = { category: day % 2 ? 'Odd' : 'Even', byline: day > 5 ? byline.slug : '' };
		slugs.push((await article(room.db, input)).slug);
	}
	// Published on days in May, the last two at the same time.
	for (const [index, slug] of slugs.entries()) {
		const publishedAt = new Date(`2026-05-0${Math.min(index + 1, 7)}T12:00:00Z`);
		await room.db.write((tx) => tx.update(rows).set({ publishedAt }).where(eq(rows.slug, slug)));
	}
	draft = (await article(room.db, { published: false, category: 'Even', byline: byline.slug }))
		.slug;
});

type List = (cursor: string | null) => Promise<articles.ArticleList>;

/** The slugs of every page of a list. */
async function walk(list: List): Promise<string[]> {
	const seen: string[] = [];
	let cursor: string | null = null;
	do {
		const { items, next } = await list(cursor);
		seen.push(...items.map(({ slug }) => slug));
		cursor = next;
	} while (cursor !== null);
	return seen;
}

const latest = (input: articles.ListInput = {}, actor: Actor = guest()) =>
	walk((cursor) => articles.latest(room.db, actor, { ...input, cursor }));

test.each([1, 2, 3, 7, 8, 100])('the latest by %d are all, latest first', async (limit) => {
	expect(await latest({ limit })).toEqual(slugs.toReversed());
});

test('of a category, and of a byline', async () => {
	const newestFirst = slugs.toReversed();
	const even = newestFirst.filter((slug) => slugs.indexOf(slug) % 2 === 1);
	expect(await latest({ category: 'even', limit: 2 })).toEqual(even);
	expect(await latest({ byline: 'ann-lee', limit: 2 })).toEqual(newestFirst.slice(0, 3));
	expect(await latest({ category: 'even', byline: 'ann-lee' })).toEqual(even.slice(0, 2));
	for (const nothing of ['nothing', '', '\u0000', 'Even', "' or 1=1 --"]) {
		expect(await latest({ category: nothing })).toEqual([]);
		expect(await latest({ byline: nothing })).toEqual([]);
	}
});

describe('a draft', () => {
	test.each([
		['guest', 404, 401],
		['reader', 404, 403],
		['moderator', 404, null],
		['editor', null, null],
		['admin', null, null]
	] as const)('for a %s', async (role, reading, desk) => {
		const actor = role === 'guest' ? guest() : room[role];
		const isEditor = role === 'editor' || role === 'admin';
		expect(await latest({}, actor)).not.toContain(draft);
		expect(await latest({ category: 'even' }, actor)).not.toContain(draft);
		const read = articles.read(room.db, actor, draft);
		if (reading === null) expect(await read).toMatchObject({ slug: draft, publishedAt: null });
		else await expectRefusal(read, reading);
		const onDesk = () => walk((cursor) => articles.desk(room.db, actor, { cursor }));
		if (desk !== null) return expectRefusal(onDesk(), desk);
		expect((await onDesk()).includes(draft)).toBe(isEditor);
		expect(await onDesk()).toEqual(expect.arrayContaining(slugs));
	});

	test('is in no log, and no neighbour', async () => {
		const acts = (await log.page(room.db)).items;
		expect(acts.map(({ article }) => article?.url)).not.toContain(`/articles/${draft}`);
		const neighbours = slugs.map(async (slug) => {
			const { previous, next } = await articles.read(room.db, room.admin, slug);
			return [previous?.url, next?.url];
		});
		expect((await Promise.all(neighbours)).flat()).not.toContain(`/articles/${draft}`);
		const { previous, next } = await articles.read(room.db, room.editor, draft);
		expect([previous, next]).toEqual([null, null]);
	});

	test('is published once it is said to be, and can be taken back', async () => {
		await write.edit(room.db, room.editor, draft, { published: true });
		expect((await latest())[0]).toBe(draft);
		await write.edit(room.db, room.editor, draft, { published: false });
		expect(await latest()).not.toContain(draft);
	});
});

test('each story leads to the one before and the one after', async () => {
	for (const [index, slug] of slugs.entries()) {
		const { previous, next } = await articles.read(room.db, guest(), slug);
		const url = (other: string | undefined) => other && `/articles/${other}`;
		expect(previous?.url).toBe(url(slugs[index - 1]));
		expect(next?.url).toBe(url(slugs[index + 1]));
	}
});

test('the desk shows every page, newest made first', async () => {
	const all = await walk((cursor) => articles.desk(room.db, room.editor, { cursor }));
	expect(all).toEqual([draft, ...slugs.toReversed()]);
});

test.each([
	'x',
	encodeCursor([newId()]),
	encodeCursor([9e15, newId()]),
	encodeCursor([8.64e15, newId()]),
	encodeCursor([-9e15, newId()]),
	encodeCursor(['2026', newId()]),
	encodeCursor([1, 'x'])
])('%s is no cursor', async (cursor) => {
	await expectRefusal(articles.latest(room.db, guest(), { cursor }), 400, 'bad-cursor');
});

test.each(['nothing-here', '', '../x', '\u0000', 'constructor', '1 OR 1=1'])(
	'there is no article, category or byline %j',
	async (slug) => {
		await expectRefusal(articles.read(room.db, guest(), slug), 404);
		await expectRefusal(categories.read(room.db, slug), 404);
		await expectRefusal(bylines.read(room.db, slug), 404);
	}
);
