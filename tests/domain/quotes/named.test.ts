import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Member } from '#lib/server/actor.ts';
import type { Written } from '#lib/server/articles/write.ts';
import { comments } from '#lib/server/database/schema.ts';
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

describe('by name', () => {
	test.each([
		['a bare line', 'Ann Lee said,\nWe’d have known.'],
		['another case', 'ANN LEE said:\nWe’d have known.'],
		['a blockquote', '> Ann Lee wrote:\n> We’d have known.'],
		['a tag', '[quote="ann  lee, post:3, topic:9"]We’d have known.[/quote]']
	])('%s', async (_what, body) => {
		expect(await quoted(body)).toEqual([from('exact', 'We’d have known.')]);
	});

	test('the latest comment that has the words', async () => {
		await say(room.db, ann, page, 'We’d have known. Surely.');
		source = await say(room.db, ann, page, 'As I said: We’d have known.');
		await say(room.db, ann, page, 'Something else');
		expect(await quoted('> Ann Lee said,\n> We’d have known.')).toEqual([
			from('exact', 'We’d have known.')
		]);
	});

	test('without the words, the comment that has most of them', async () => {
		await say(room.db, ann, page, 'Something else');
		expect(await quoted('> Ann Lee said,\n> The pier was closed.')).toEqual([
			from('altered', 'The pier was closed.')
		]);
	});

	test('ends where the source ends', async () => {
		const id = await say(
			room.db,
			room.reader,
			page,
			'Ann Lee said,\nThe pier was never closed. We’d have known. I disagree.\n\nStrongly.'
		);
		expect(await quotesOf(room.db, id)).toEqual([
			from('exact', 'The pier was never closed. We’d have known.')
		]);
		expect(await ownWords(room.db, id)).toBe('I disagree.\nStrongly.');
	});

	test('of nobody here, to the next blank line', async () => {
		const id = await say(room.db, room.reader, page, 'glen8 said,\none\ntwo\n\nthree');
		expect(await quotesOf(room.db, id)).toEqual([unresolved('glen8', 'one\ntwo')]);
		expect(await ownWords(room.db, id)).toBe('three');
	});

	test.each([
		'I have heard what\nthe man in the street said:\nnot much.',
		'As I said:\n\nit rains.',
		'one\n\nHe wrote:\nit rains.\n\n```\ncode\n```'
	])('prose that only looks like one stays prose: %j', async (body) => {
		const id = await say(room.db, room.reader, page, body);
		expect(await quotesOf(room.db, id)).toEqual([]);
		const { body: stored } = (await room.db.read.select().from(comments)).find(
			(row) => row.id === id
		)!;
		expect(stored).toEqual([{ text: body }]);
	});

	test.each([
		['Joe Bloggs', 'Joe Bloggs'],
		[null, 'Guest']
	])('a guest called %s', async (guestName, said) => {
		const id = newId();
		const guest = { guestName, status: 'published', createdAt: new Date(), rendererVersion: 1 };
		await room.db.write((tx) =>
			tx.insert(comments).values({
				...{ id, articleId: page.id, rootId: id, listedIn: page.id, ...guest },
				...{ status: 'published' as const, body: [{ text: 'I saw it sink.' }], blocks: [] }
			})
		);
		expect(await quoted(`> ${said.toUpperCase()} said,\n> I saw it sink.`)).toEqual([
			{ said, match: 'exact', from: id, words: 'I saw it sink.' }
		]);
	});
});
