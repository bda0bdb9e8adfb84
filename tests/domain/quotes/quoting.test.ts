import { beforeAll, beforeEach, expect, test } from 'vitest';
import { guest } from '#lib/server/actor.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import type { Written } from '#lib/server/articles/write.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import { comments } from '#lib/server/database/schema.ts';
import { newId } from '#lib/server/ids.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import { quoteMarkdown } from '#lib/server/quotes/quoting.ts';
import { article, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { quotesOf } from '../support/quotes.ts';
import { expectRefusal } from '../support/refusals.ts';

let room: Newsroom;
let page: Written;

beforeAll(async () => {
	room = await newsroom();
});
beforeEach(async () => {
	page = await article(room.db);
});

/** Quotes a comment of this body, whole or in part, posts that, and gives the quotes it has. */
async function passOn(body: string, passage?: string) {
	const source = await say(room.db, room.other, page, body);
	const markdown = await quoteMarkdown(room.db, room.reader, source, passage);
	const id = await say(room.db, room.reader, page, `${markdown}Yes.`);
	return { source, markdown, quotes: await quotesOf(room.db, id) };
}

test('a whole comment, attributed', async () => {
	const { source, markdown } = await passOn('One.\n\n- two\n- **three**');
	expect(markdown).toBe(
		`> [Otto Lind said,](/c/${source})\n> One.\n> \n> - two\n> - **three**\n\n`
	);
});

test.each([
	'One.\n\n- two\n- **three**',
	'```\n> code\n```\n\nand more',
	'1) one\n2) two\n\n> Nobody said,\n> this\n\nbut I do',
	'a\\*b <not html> & [a link](https://example.org)',
	'“Quotes” — and… dots...'
])('the whole of %j is quoted exactly', async (body) => {
	const { source, quotes } = await passOn(body);
	expect(quotes).toMatchObject([{ said: 'Otto Lind', match: 'exact', from: source }]);
});

test.each([
	['The tide was *very* low.', 'very low'],
	['Twice: 2 * 3 * 4 is 24', '2 * 3 * 4'],
	['Use `snake_case_names` here', 'snake_case_names'],
	['1. first\n2. second', 'first\nsecond'],
	['One paragraph.\n\nAnother one.', 'paragraph.\n\nAnother'],
	['See #4 and > all', '#4 and > all'],
	['a <b> c [d] e', '<b> c [d]'],
	['He asked. [quote] is a tag', '[quote] is a tag']
])('of %j the selected words %j are quoted exactly', async (body, passage) => {
	const { source, quotes } = await passOn(body, passage);
	expect(quotes).toMatchObject([{ said: 'Otto Lind', match: 'exact', from: source }]);
});

test('plain words are taken as they are', async () => {
	const { source, markdown } = await passOn('The tide was very low.', '  was very  ');
	expect(markdown).toBe(`> [Otto Lind said,](/c/${source})\n> was very\n\n`);
});

test('an empty passage is the whole comment', async () => {
	const { markdown } = await passOn('The tide was very low.', ' \n');
	expect(markdown).toContain('> The tide was very low.');
});

test('what a comment quotes is quoted as said by them', async () => {
	const first = await say(room.db, room.editor, page, 'It is mine alone.');
	const { quotes, source } = await passOn(`> [x said,](/c/${first})\n> It is mine\n\nIs it?`);
	expect(quotes).toMatchObject([
		{
			...{ said: 'Otto Lind', match: 'exact', from: source, words: 'Is it?' },
			within: [{ said: 'Edwin Carr', match: 'exact', from: first, words: 'It is mine' }]
		}
	]);
});

test('a name with brackets still leads to its comment', async () => {
	const id = newId();
	const who = { guestName: 'Bob [the] (mod)', createdAt: new Date(), rendererVersion: 1 };
	await room.db.write((tx) =>
		tx.insert(comments).values({
			...{ id, articleId: page.id, rootId: id, listedIn: page.id, ...who },
			...{ status: 'published' as const, body: [{ text: 'I sank it.' }], blocks: [] }
		})
	);
	const markdown = await quoteMarkdown(room.db, room.reader, id);
	const quoting = await say(room.db, room.reader, page, markdown);
	expect(await quotesOf(room.db, quoting)).toEqual([
		{ said: 'Bob [the] (mod)', match: 'exact', from: id, words: 'I sank it.' }
	]);
});

test('what is gone or unknown cannot be quoted', async () => {
	const id = await say(room.db, room.other, page, 'Secret');
	const quote = (actor = room.reader as Parameters<typeof quoteMarkdown>[1]) =>
		quoteMarkdown(room.db, actor, id);
	await expectRefusal(quoteMarkdown(room.db, room.reader, newId()), 404);
	await expectRefusal(quoteMarkdown(room.db, room.reader, '../x'), 404);
	await decide.remove(room.db, room.moderator, { id, reason: 'Rude' });
	await expectRefusal(quote(), 403);
	await expectRefusal(quote(room.admin), 403);
	await decide.restore(room.db, room.moderator, { id, reason: 'A mistake' });
	await commenting.set(room.db, room.moderator, page.slug, { state: 'hidden' });
	await expectRefusal(quote(guest()), 404);
	await commenting.set(room.db, room.moderator, page.slug, { state: 'open' });
	await removeOwn(room.db, room.other, id);
	await expectRefusal(quote(), 403);
});
