import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Member } from '#lib/server/actor.ts';
import type { Written } from '#lib/server/articles/write.ts';
import { article, member, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { quotesOf, type Shown } from '../support/quotes.ts';

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

describe('nameless', () => {
	test('in exactly one earlier comment', async () => {
		expect(await quoted('> The pier was never closed.')).toEqual([
			from('exact', 'The pier was never closed.')
		]);
	});

	test('in two comments it is nobody’s', async () => {
		await say(room.db, room.other, page, WORDS);
		expect(await quoted('> The pier was never closed.')).toEqual([
			unresolved(null, 'The pier was never closed.')
		]);
	});

	test.each([
		['its body', 'Nobody spoke against the plan'],
		['its standfirst', 'Dredging will go on through the winter.'],
		['over marks', 'met on Tuesday evening.']
	])('in the article: %s', async (_what, words) => {
		expect(await quoted(`> ${words}`)).toEqual([
			{ said: 'The article', match: 'exact', from: `/articles/${page.slug}`, words }
		]);
	});

	test('an article’s headings and reference links are read as an article’s', async () => {
		const body = '## The *plan*\n\nIt is [on the web][plan].\n\n[plan]: https://example.org/plan';
		const other = await article(room.db, { body });
		expect(await quoted('> The plan\n>\n> It is on the web.', other)).toEqual([
			{
				said: 'The article',
				match: 'exact',
				from: `/articles/${other.slug}`,
				words: 'The plan\nIt is on the web.'
			}
		]);
	});

	test('a first line that only looks like an attribution', async () => {
		source = await say(room.db, ann, page, 'I met the mayor.\nShe said:\nno way.');
		expect(await quoted('> She said:\n> no way.')).toEqual([from('exact', 'She said:\nno way.')]);
	});
});
