import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Member } from '#lib/server/actor.ts';
import type { Written } from '#lib/server/articles/write.ts';
import { newId } from '#lib/server/ids.ts';
import { article, member, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { ownWords, quotesOf, type Shown } from '../support/quotes.ts';

const WORDS = 'The pier was *never* closed. We’d have known.';

let room: Newsroom;
let page: Written;
let ann: Member;
let source: string;

beforeAll(async () => {
	room = await newsroom();
	ann = await member(room.db, 'reader', 'Ann Lee');
});
beforeEach(async () => {
	page = await article(room.db);
	source = await say(room.db, ann, page, WORDS);
});

/** Posts a body, in which SOURCE stands for the source's id, and gives its quotes. */
async function quoted(body: string, on: Written = page): Promise<Shown[]> {
	const id = await say(room.db, room.reader, on, body.replaceAll('SOURCE', source));
	return quotesOf(room.db, id);
}

function from(match: Shown['match'], words: string): Shown {
	return { said: 'Ann Lee', match, from: source, words };
}

function unresolved(said: string | null, words: string): Shown {
	return { said, match: 'unresolved', from: null, words };
}

describe('linked', () => {
	test.each([
		['its words', '> [Ann Lee said,](/c/SOURCE)\n> The pier was never closed.', 'exact'],
		['with its marks', '> [Ann Lee said,](/c/SOURCE)\n> The pier was *never* closed.', 'exact'],
		['plain apostrophes', "> [x said,](/c/SOURCE)\n> We'd have known.", 'exact'],
		['under another name', '> [Mona Frith said,](/c/SOURCE)\n> We’d have known.', 'exact'],
		['a bare line', '[Ann Lee said,](/c/SOURCE)\nWe’d have known.', 'exact'],
		['other words', '> [Ann Lee said,](/c/SOURCE)\n> The pier was closed.', 'altered'],
		['half its words', '> [Ann Lee said,](/c/SOURCE)\n> he pier', 'altered']
	])('%s', async (_what, body, match) => {
		const [quote, ...more] = await quoted(body);
		expect(more).toEqual([]);
		expect(quote).toMatchObject({ said: 'Ann Lee', match, from: source });
	});

	test('from another article', async () => {
		const other = await article(room.db);
		const quotes = await quoted('> [x said,](/c/SOURCE)\n> We’d have known.', other);
		expect(quotes).toEqual([from('exact', 'We’d have known.')]);
	});

	test('to nothing: nobody is believed to have said it', async () => {
		const quotes = await quoted(`> [Mona Frith said,](/c/${newId()})\n> I resign.`);
		expect(quotes).toEqual([unresolved('Mona Frith', 'I resign.')]);
	});
});

describe('linked to the article', () => {
	test.each([
		['Nobody spoke against the plan', 'exact'],
		['Everybody spoke against the plan', 'altered']
	])('%s', async (words, match) => {
		const [quote] = await quoted(`> [The article said,](/articles/${page.slug})\n> ${words}`);
		expect(quote).toEqual({ said: 'The article', match, from: `/articles/${page.slug}`, words });
	});

	test('a bare line ends where the article ends', async () => {
		const link = `[The article said,](/articles/${page.slug})`;
		const passage =
			'The council met on Tuesday evening.\n\nNobody spoke against the plan for the pier.';
		const id = await say(room.db, room.reader, page, `${link}\n${passage}\n\nI did.`);
		expect((await quotesOf(room.db, id))[0].words).toBe(passage.replace('\n\n', '\n'));
		expect(await ownWords(room.db, id)).toBe('I did.');
	});

	test('a draft is no source', async () => {
		const draft = await article(room.db, { published: false });
		const link = `[The article said,](/articles/${draft.slug})`;
		expect(await quoted(`> ${link}\n> Nobody spoke against the plan`)).toEqual([
			unresolved('The article', 'Nobody spoke against the plan')
		]);
	});

	test('the longest of articles can be quoted from', async () => {
		const long = await article(room.db, { body: 'x '.repeat(99_999).trim() });
		expect(await quoted('> Dredging will go on through the winter.', long)).toMatchObject([
			{ match: 'exact' }
		]);
	});
});
