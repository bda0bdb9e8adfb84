import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { guest } from '#lib/server/actor.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import * as write from '#lib/server/articles/write.ts';
import type { Written } from '#lib/server/articles/write.ts';
import { edit } from '#lib/server/comments/edit.ts';
import * as listing from '#lib/server/comments/listing.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import { articles, quotes } from '#lib/server/database/schema.ts';
import { COUNTED_MOST } from '#lib/server/quotes/backlinks.ts';
import * as passages from '#lib/server/quotes/passages.ts';
import { articleMarkdown } from '#lib/server/quotes/quoting.ts';
import { passagesOf } from '#lib/server/text/passages.ts';
import { article, newsroom, say, type Newsroom } from '../support/newsroom.ts';

const BODY = `The council met on **Tuesday** evening, and the hall was full.

***

Nobody spoke against the plan for the pier. The mayor thanked them all.

The mayor thanked them all.`;
const [FIRST, SECOND, THIRD] = passagesOf(BODY).map(({ key }) => key);

let room: Newsroom;
let page: Written;
let elsewhere: Written;

beforeAll(async () => {
	room = await newsroom();
});
beforeEach(async () => {
	page = await article(room.db, { body: BODY });
	elsewhere = await article(room.db);
});

const quoting = (words: string) => `> [The article said,](/articles/${page.slug})\n> ${words}\n\n`;

function quote(words: string, where = page): Promise<string> {
	return say(room.db, room.reader, where, `${quoting(words)}So there.`);
}

async function passageOf(id: string): Promise<string | null> {
	const [row] = await room.db.read.select().from(quotes).where(eq(quotes.commentId, id));
	return row.passage;
}

async function counts(): Promise<[key: string, count: number][]> {
	const [row] = await room.db.read.select().from(articles).where(eq(articles.id, page.id));
	const pieces = await passages.split(room.db.read, row);
	expect(pieces.map(({ html }) => html).join('')).toBe(row.bodyHtml);
	return pieces.flatMap(({ passage }) => (passage ? [[passage.key, passage.count]] : []));
}

async function listed(key: string): Promise<string[]> {
	const discussion = await listing.articleOf(room.db, guest(), page.slug);
	const { items } = await passages.list(room.db.read, guest(), discussion, key);
	return items.map((item) => item.id);
}

describe('a quote of the article knows the passage in which its words begin', () => {
	test.each<[string, string, () => string | null]>([
		['within one', 'on Tuesday evening', () => FIRST],
		['over two', 'The mayor thanked them all. The mayor', () => SECOND],
		['that another one has too', 'The mayor thanked them all.', () => SECOND],
		['in pieces', 'Nobody spoke […] The mayor thanked them all.', () => SECOND],
		['of the standfirst', 'Dredging will go on', () => null],
		['altered, with half its words', 'The council met on Wednesday morning', () => FIRST],
		[
			'altered, with few of them',
			'Everybody loves a pier these days, the sunshine and dancing',
			() => null
		]
	])('%s', async (_what, words, key) => {
		expect(await passageOf(await quote(words))).toBe(key());
	});

	test('also when nobody is named, or a comment passed it on', async () => {
		const words = 'Nobody spoke against the plan';
		const relay = await say(room.db, room.other, page, `> ${words}\n\nSo there.`);
		expect(await passageOf(relay)).toBe(SECOND);
		const passedOn = `> [x said,](/c/${relay})\n> ${words}\n\nYes.`;
		expect(await passageOf(await say(room.db, room.reader, page, passedOn))).toBe(SECOND);
	});
});

test('an article that nobody quotes is in one piece', async () => {
	await say(room.db, room.reader, page, 'No quote.');
	const [row] = await room.db.read.select().from(articles).where(eq(articles.id, page.id));
	expect(await passages.split(room.db.read, row)).toEqual([{ html: row.bodyHtml, passage: null }]);
});

test('each passage knows how many comments of the discussion quote it, and which, oldest first', async () => {
	const one = await quote('on Tuesday evening');
	const two = await say(
		room.db,
		room.other,
		page,
		`${quoting('The council met')}${quoting('the hall was full')}${quoting('Nobody spoke')}Well.`,
		one
	);
	await quote('on Tuesday evening', elsewhere);
	expect(await counts()).toEqual([
		[FIRST, 2],
		[SECOND, 1]
	]);
	expect(await listed(FIRST)).toEqual([one, two]);
	expect(await listed(SECOND)).toEqual([two]);
	expect(await listed(THIRD)).toEqual([]);
});

test('what does not stand any more, waits or was taken down does not count', async () => {
	const one = await quote('on Tuesday evening');
	await removeOwn(room.db, room.reader, await quote('on Tuesday'));
	await edit(room.db, room.reader, { id: one, body: 'Never mind.' });
	await commenting.set(room.db, room.moderator, page.slug, { state: 'premoderated' });
	await quote('on Tuesday evening');
	expect(await counts()).toEqual([]);
	expect(await listed(FIRST)).toEqual([]);
});

test('a passage that an edit of the article leaves alone keeps its comments', async () => {
	const one = await quote('on Tuesday evening');
	await write.edit(room.db, room.editor, page.slug, { body: `A new beginning.\n\n${BODY}` });
	expect(await counts()).toEqual([[FIRST, 1]]);
	await write.edit(room.db, room.editor, page.slug, { body: 'All is new.' });
	expect(await counts()).toEqual([]);
	expect(await listed(FIRST)).toEqual([one]);
});

test('many are paged, and counted no further than there is need', async () => {
	const ids: string[] = [];
	for (let n = 0; n <= COUNTED_MOST; n++) ids.push(await quote('on Tuesday evening'));
	expect(await counts()).toEqual([[FIRST, COUNTED_MOST]]);
	const discussion = await listing.articleOf(room.db, guest(), page.slug);
	const found: string[] = [];
	let cursor: string | null = null;
	do {
		const input = { sort: 'oldest' as const, passage: FIRST, cursor, limit: 40 };
		const part = await listing.list(room.db, guest(), discussion, input);
		found.push(...part.items.map(({ view }) => view.id));
		cursor = part.next;
	} while (cursor !== null);
	expect(found).toEqual(ids);
});

test('a list of what is no passage is refused, and of a hidden discussion it is empty', async () => {
	await quote('on Tuesday evening');
	await commenting.set(room.db, room.moderator, page.slug, { state: 'hidden' });
	const discussion = await listing.articleOf(room.db, guest(), page.slug);
	const input = { sort: 'oldest' as const, limit: 10 };
	const list = (actor = guest(), passage = FIRST) =>
		listing.list(room.db, actor, discussion, { ...input, passage });
	expect((await list()).items).toEqual([]);
	expect((await list(room.moderator)).items).toHaveLength(1);
	await expect(list(guest(), 'x')).rejects.toMatchObject({ status: 400, code: 'bad-passage' });
});

describe('the article is quoted', () => {
	const head = () => `> [The article said,](/articles/${page.slug})\n`;

	test('in its standfirst, its first paragraph, or the words asked for', async () => {
		const markdown = (passage?: string) => articleMarkdown(room.db, guest(), page.slug, passage);
		expect(await markdown()).toBe(`${head()}> Dredging will go on through the winter.\n\n`);
		expect(await markdown('*Tuesday*')).toBe(`${head()}> \\*Tuesday\\*\n\n`);
		await write.edit(room.db, room.editor, page.slug, { standfirst: '' });
		const first = 'The council met on Tuesday evening, and the hall was full.';
		expect(await markdown()).toBe(`${head()}> ${first}\n\n`);
	});

	test('unless it may not be read', async () => {
		await write.edit(room.db, room.editor, page.slug, { published: false });
		for (const actor of [guest(), room.moderator]) {
			await expect(articleMarkdown(room.db, actor, page.slug)).rejects.toMatchObject({
				status: 404
			});
		}
		await expect(articleMarkdown(room.db, guest(), 'nothing')).rejects.toMatchObject({
			status: 404
		});
		expect(await articleMarkdown(room.db, room.editor, page.slug)).toContain('Dredging');
	});
});
