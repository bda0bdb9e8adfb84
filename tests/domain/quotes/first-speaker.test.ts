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

describe('who said it first', () => {
	let passing: string;
	beforeEach(async () => {
		const body = `> [Ann Lee said,](/c/${source})\n> We’d have known.\n\nWould we?`;
		passing = await say(room.db, room.other, page, body);
	});

	test('words that the source only quoted', async () => {
		const quotes = await quoted(`> [Otto Lind said,](/c/${passing})\n> We’d have known.`);
		expect(quotes).toEqual([from('exact', 'We’d have known.')]);
	});

	test('a quote of nothing but a quote', async () => {
		const inner = `> > [Ann Lee said,](/c/${source})\n> > We’d have known.`;
		expect(await quoted(`> [Otto Lind said,](/c/${passing})\n${inner}`)).toEqual([
			from('exact', 'We’d have known.')
		]);
	});

	test('nobody who only quoted it is found for it', async () => {
		expect(await quoted('> We’d have known.')).toEqual([from('exact', 'We’d have known.')]);
		expect(await quoted('> Otto Lind said,\n> We’d have known.')).toMatchObject([
			{ said: 'Otto Lind', match: 'altered' }
		]);
	});

	test('both, when both are quoted', async () => {
		const body = `> [Otto Lind said,](/c/${passing})\n> > [x said,](/c/${source})\n> > We’d have known.\n>\n> Would we?`;
		expect(await quoted(body)).toEqual([
			{
				...{ said: 'Otto Lind', match: 'exact', from: passing, words: 'Would we?' },
				within: [from('exact', 'We’d have known.')]
			}
		]);
	});

	test('the article, when its words were passed on', async () => {
		const link = `[The article said,](/articles/${page.slug})`;
		const body = `> ${link}\n> Nobody spoke against the plan\n\nI did.`;
		const citing = await say(room.db, room.other, page, body);
		const quotes = await quoted(`> [x said,](/c/${citing})\n> Nobody spoke against the plan`);
		expect(quotes).toMatchObject([{ match: 'exact', from: `/articles/${page.slug}` }]);
	});
});
