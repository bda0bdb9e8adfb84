import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { guest, type Member } from '#lib/server/actor.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import * as write from '#lib/server/articles/write.ts';
import { edit } from '#lib/server/comments/edit.ts';
import * as listing from '#lib/server/comments/listing.ts';
import { post } from '#lib/server/comments/post.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import { SORTS, type Sort } from '#lib/server/comments/view.ts';
import * as votes from '#lib/server/comments/votes.ts';
import { encodeCursor } from '#lib/server/cursors.ts';
import type { Database } from '#lib/server/database/database.ts';
import { newId } from '#lib/server/ids.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import { person, refusal } from '../accounts/support/people.ts';
import { testDatabase } from '../support/database.ts';

const NOBODY = guest();

let db: Database;
// Staff may post as fast as a test does.
let editor: Member;
let moderator: Member;
let reader: Member;
let slug: string;

beforeAll(async () => {
	db = await testDatabase();
	editor = (await person(db, 'Edith Marlow', 'editor')).actor as Member;
	moderator = (await person(db, 'Moira Field', 'moderator')).actor as Member;
	reader = (await person(db, 'Rhona Peel')).actor as Member;
});

beforeEach(async () => {
	slug = await newArticle();
});

async function newArticle(): Promise<string> {
	const blank = { standfirst: '', category: '', byline: '', url: '' };
	const media = { sourceName: '', sourceUrl: '', imageUrl: '', imageAlt: '', imageCredit: '' };
	const text = { title: `The pier ${newId()}`, body: 'It reopened.', published: true };
	return (await write.create(db, editor, { ...blank, ...media, ...text })).slug;
}

async function say(body: string, parent: string | null = null, who = editor): Promise<string> {
	return (await post(db, who, { article: slug, body, parent })).id;
}

interface Asked {
	sort?: Sort;
	cursor?: string | null;
	limit?: number;
	actor?: Parameters<typeof listing.list>[1];
	base?: Database;
}

async function page({
	sort = 'oldest',
	cursor,
	limit = 50,
	actor = NOBODY,
	base = db
}: Asked = {}) {
	const article = await listing.articleOf(base, actor, slug);
	return listing.list(base, actor, article, { sort, cursor, limit });
}

/** Every page of a list, by `next`. */
async function walk(asked: Asked): Promise<string[][]> {
	const pages: string[][] = [];
	let cursor: string | null = null;
	do {
		const { items, next } = await page({ ...asked, cursor });
		pages.push(items.map(({ view }) => view.id));
		cursor = next;
	} while (cursor !== null);
	return pages;
}

/** Threads with so many replies each: the ids of a thread, root first. */
async function threads(...replies: number[]): Promise<string[][]> {
	const made: string[][] = [];
	for (const count of replies) {
		const ids = [await say('A root.')];
		// Each answers the one before: depth does not matter to a flat list.
		while (ids.length <= count) ids.push(await say('A reply.', ids[ids.length - 1]));
		made.push(ids);
	}
	return made;
}

describe('walking a discussion to its end', () => {
	test.each([1, 2, 3, 4, 7, 19, 20, 100])(
		'in pages of %i shows every comment once, in every sort',
		async (limit) => {
			const [a, b, c, d, e] = await threads(0, 3, 1, 9, 2);
			for (const voter of [reader, moderator]) await votes.cast(db, voter, c[0]);
			await votes.cast(db, reader, b[0]);
			const expected: Record<Sort, string[][]> = {
				oldest: [a, b, c, d, e],
				newest: [e, d, c, b, a],
				best: [c, b, e, d, a],
				replied: [d, b, e, c, a]
			};
			for (const sort of SORTS) {
				const pages = await walk({ sort, limit });
				expect(pages.flat(), sort).toEqual(expected[sort].flat());
				const sizes = pages.map((ids) => ids.length);
				// Full pages, and a last one with the rest.
				expect(
					sizes.slice(0, -1).every((size) => size === limit),
					`${sort}: ${sizes}`
				).toBe(true);
				expect(sizes.at(-1)).toBeGreaterThan(0);
				expect(sizes.at(-1)).toBeLessThanOrEqual(limit);
			}
		}
	);

	test('finds nothing where nothing was said', async () => {
		expect(await page()).toEqual({ items: [], next: null });
	});

	test('shows what is said meanwhile in a thread that is not over, and nothing twice', async () => {
		const [thread, after] = await threads(2, 0);
		const first = await page({ limit: 2 });
		const late = await say('One more thing.', thread[0]);
		const second = await page({ limit: 50, cursor: first.next });
		const ids = [...first.items, ...second.items].map(({ view }) => view.id);
		expect(ids).toEqual([...thread, late, ...after]);
	});

	test('asks the database as often for much as for little', async () => {
		await threads(0, 1);
		const few = await queriesOf(page);
		await threads(3, 0, 6, 2, 0, 4);
		expect(await queriesOf(page)).toBe(few);
	});

	test('does not ask who wrote what is answered and deleted', async () => {
		const [[root]] = await threads(2);
		const before = await queriesOf(page);
		await removeOwn(db, editor, root);
		expect(await queriesOf(page)).toBe(before);
	});
});

/** How many selects a page takes. */
async function queriesOf(read: (asked: Asked) => Promise<unknown>): Promise<number> {
	let count = 0;
	const counting = new Proxy(db.read, {
		get(target, name, receiver) {
			if (name === 'select') count += 1;
			return Reflect.get(target, name, receiver) as unknown;
		}
	});
	await read({ base: { ...db, read: counting } });
	return count;
}

describe('what has no place', () => {
	test('what waits or was rejected is in no list, not even for those who may read it', async () => {
		const [root] = await threads(1);
		await commenting.set(db, moderator, slug, { state: 'premoderated' });
		const waiting = await say('I wait.', null, reader);
		const rejected = await say('I am refused.', root[0], reader);
		await decide.reject(db, moderator, { id: rejected, reason: 'Off topic.' });
		for (const actor of [NOBODY, reader, moderator]) {
			expect((await walk({ actor })).flat()).toEqual(root);
		}
		await decide.approve(db, moderator, { id: waiting, reason: '' });
		expect((await walk({})).flat()).toEqual([...root, waiting]);
	});
});

describe('what was taken down', () => {
	test('keeps its place without a word, for moderators too', async () => {
		const [[root, reply, last]] = await threads(2);
		await edit(db, editor, { id: reply, body: 'Blunt words.' });
		await decide.remove(db, editor, { id: reply, reason: 'Rude.' });
		await removeOwn(db, editor, root);
		for (const actor of [NOBODY, reader, moderator]) {
			const { items } = await page({ actor });
			expect(items.map(({ view, text }) => [view.id, view.status, text?.body ?? null])).toEqual([
				[root, 'deleted', null],
				[reply, 'removed', null],
				[last, 'published', 'A reply.']
			]);
		}
	});

	test('takes its words out of quotes, and gives them back', async () => {
		const source = await say('The tide was out by noon.');
		const quoting = await say(
			`> [Somebody said,](/c/${source})\n> The tide was out by noon.\n\nIt was.`
		);
		const quoteOf = async () => {
			const { items } = await page();
			return items.find(({ view }) => view.id === quoting)!.text!;
		};
		const shown = {
			text: 'The tide was out by noon.',
			match: 'exact',
			saidBy: 'Edith Marlow',
			source: { comment: source, url: `/c/${source}` }
		};
		const before = await quoteOf();
		expect(before.quotes).toEqual([shown]);
		expect(before.body).toBe(
			`> [Edith Marlow said,](/c/${source})\n> The tide was out by noon.\n\nIt was.`
		);
		await decide.remove(db, editor, { id: source, reason: 'Wrong day.' });
		const meanwhile = await quoteOf();
		expect(meanwhile.quotes).toEqual([{ ...shown, text: null, saidBy: null, source: null }]);
		expect(meanwhile.body).not.toContain('tide');
		await decide.restore(db, editor, { id: source, reason: 'It was the right day.' });
		expect(await quoteOf()).toEqual(before);
	});

	test('a quote within a quote follows the one around it', async () => {
		const first = await say('The bell rang twice.');
		const second = await say(`> [x said,](/c/${first})\n> The bell rang twice.\n\nOnce, I think.`);
		const third = `> [x said,](/c/${second})\n> > [x said,](/c/${first})\n> > The bell rang twice.\n>\n> Once, I think.\n\nTwice.`;
		const id = await say(third);
		const { items } = await page();
		const quotes = items.find(({ view }) => view.id === id)!.text!.quotes;
		expect(quotes.map(({ text, source }) => [text, source?.comment])).toEqual([
			['Once, I think.', second],
			['The bell rang twice.', first]
		]);
	});
});

describe('who may see it', () => {
	test('a hidden discussion is empty but for staff', async () => {
		const [thread] = await threads(1);
		await commenting.set(db, moderator, slug, { state: 'hidden' });
		expect((await walk({ actor: NOBODY })).flat()).toEqual([]);
		expect((await walk({ actor: reader })).flat()).toEqual([]);
		expect((await walk({ actor: moderator })).flat()).toEqual(thread);
	});

	test('a draft is not there but for editors', async () => {
		await write.edit(db, editor, slug, { published: false });
		for (const actor of [NOBODY, reader, moderator]) {
			expect((await refusal(listing.articleOf(db, actor, slug))).status).toBe(404);
		}
		expect((await listing.articleOf(db, editor, slug)).slug).toBe(slug);
	});

	test('a cursor made up for a thread of another article shows nothing of it', async () => {
		const [hidden] = await threads(2);
		await commenting.set(db, moderator, slug, { state: 'hidden' });
		slug = await newArticle();
		const [own] = await threads(1);
		for (const sort of SORTS) {
			const { items } = await page({ sort, cursor: encodeCursor([sort, 0, hidden[0], 0]) });
			const ids = items.map(({ view }) => view.id);
			expect(
				ids.filter((id) => !own.includes(id)),
				sort
			).toEqual([]);
		}
	});
});

describe('a cursor that is none', () => {
	const root = newId();
	test.each([
		['words', 'yesterday'],
		['another sort', encodeCursor(['newest', 0, root, 0])],
		['a page of threads', encodeCursor(['oldest', 0, root])],
		['an id that is none', encodeCursor(['oldest', 0, 'x', 0])],
		['a part that is no number', encodeCursor(['oldest', 'many', root, 0])],
		['a number that no column holds', encodeCursor(['oldest', 0, root, 2 ** 31])],
		['a score that no column holds', encodeCursor(['oldest', 2 ** 40, root, 0])],
		['half a reply', encodeCursor(['oldest', 0, root, 0.5])]
	])('is refused: %s', async (_what, cursor) => {
		expect((await refusal(page({ cursor }))).status).toBe(400);
	});
});
