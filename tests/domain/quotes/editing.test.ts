import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Member } from '#lib/server/actor.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import type { Written } from '#lib/server/articles/write.ts';
import { edit, forEditing } from '#lib/server/comments/edit.ts';
import { comments } from '#lib/server/database/schema.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import { WITHDRAWN } from '#lib/server/quotes/withdrawn.ts';
import { article, member, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { ownWords, quotesOf } from '../support/quotes.ts';

let room: Newsroom;
let page: Written;
let ann: Member;
let one: string;
let two: string;

beforeAll(async () => {
	room = await newsroom();
	ann = await member(room.db, 'reader', 'Ann Lee');
});
beforeEach(async () => {
	page = await article(room.db);
	one = await say(room.db, ann, page, 'The first thing that I said.');
	two = await say(room.db, ann, page, 'The second thing that I said.');
});

const first = () => `> [Ann Lee said,](/c/${one})\n> The first thing`;
const second = () => `> [Ann Lee said,](/c/${two})\n> The second thing`;
const withdrawn = `> ${WITHDRAWN}`;

function post(body: string): Promise<string> {
	return say(room.db, room.reader, page, body);
}

function change(id: string, body: string): Promise<number> {
	return edit(room.db, room.reader, { id, body });
}

/** The ids of the quotes that stand in a comment's body now, its own words as "". */
async function body(id: string): Promise<string[]> {
	const rows = await room.db.read.select().from(comments);
	const row = rows.find((one) => one.id === id)!;
	return row.body.map((segment) => ('quote' in segment ? segment.quote : ''));
}

function remove(id: string): Promise<void> {
	return decide.remove(room.db, room.moderator, { id, reason: 'Rude' });
}

function restore(id: string): Promise<void> {
	return decide.restore(room.db, room.moderator, { id, reason: 'A mistake' });
}

async function words(id: string): Promise<string[]> {
	return (await quotesOf(room.db, id)).map((quote) => quote.words);
}

test('a quote that stays keeps its row', async () => {
	const id = await post(`${first()}\n\nYes.`);
	const before = await body(id);
	await change(id, `${first()}\n\nNo.`);
	expect(await body(id)).toEqual(before);
});

test('a quote that moves keeps its row', async () => {
	const id = await post(`${first()}\n\n${second()}\n\nYes.`);
	const [a, b] = await body(id);
	await change(id, `Yes.\n\n${second()}\n\nNo.\n\n${first()}`);
	expect(await body(id)).toEqual(['', b, '', a]);
});

test('a quote of other words is another one', async () => {
	const id = await post(first());
	const before = await body(id);
	await change(id, `${first()} that I said.`);
	expect(await body(id)).not.toEqual(before);
	expect(await words(id)).toEqual(['The first thing that I said.']);
});

test('the same quote twice is two', async () => {
	const id = await post(`${first()}\n\nYes.`);
	await change(id, `${first()}\n\nYes.\n\n${first()}`);
	expect(new Set(await body(id)).size).toBe(3);
});

test('an exact quote stays exact when its source was edited meanwhile', async () => {
	const id = await post(`${first()}\n\nYes.`);
	await edit(room.db, ann, { id: one, body: 'I said nothing.' });
	await change(id, `${first()}\n\nNo.`);
	expect(await quotesOf(room.db, id)).toMatchObject([{ match: 'exact', words: 'The first thing' }]);
});

test('a quote within keeps the outer one’s row only with the same words', async () => {
	const outer = (inner: string) => `> [x said,](/c/${two})\n> > ${inner}\n>\n> The second thing`;
	const id = await post(`${outer('nobody said this')}\n\nYes.`);
	const before = await body(id);
	await change(id, `${outer('nobody said this')}\n\nNo.`);
	expect(await body(id)).toEqual(before);
	await change(id, `${outer('nobody said that')}\n\nNo.`);
	expect(await quotesOf(room.db, id)).toMatchObject([{ within: [{ words: 'nobody said that' }] }]);
});

test('withdrawn words survive an edit, and come back', async () => {
	const id = await post(`${first()}\n\nYes.`);
	await remove(one);
	const form = await forEditing(room.db, room.reader, id);
	expect(form.body).toBe(`${withdrawn}\n\nYes.`);
	await change(id, form.body.replace('Yes', 'No'));
	expect(await words(id)).toEqual(['withdrawn']);
	await restore(one);
	expect(await words(id)).toEqual(['The first thing']);
	expect(await ownWords(room.db, id)).toBe('No.');
});

test('of several quotes the withdrawn one is kept, whatever went', async () => {
	const id = await post(`${first()}\n\n${second()}\n\nYes.`);
	await remove(two);
	await change(id, `${withdrawn}\n\nNo.`);
	await restore(two);
	expect(await words(id)).toEqual(['The second thing']);
});

test('of several withdrawn ones each stays in its place', async () => {
	const id = await post(`${second()}\n\nYes.\n\n${first()}`);
	const before = await body(id);
	await remove(one);
	await remove(two);
	await change(id, `${withdrawn}\n\nNo.\n\n${withdrawn}`);
	expect(await body(id)).toEqual(before);
});

test('a quote that went in an earlier edit does not come back as withdrawn words', async () => {
	const id = await post(`${first()}\n\nYes.`);
	await change(id, `${second()}\n\nYes.`);
	await remove(one);
	await remove(two);
	await change(id, `${withdrawn}\n\nNo.`);
	await restore(one);
	await restore(two);
	expect(await words(id)).toEqual(['The second thing']);
});

test.each<[string, () => Promise<unknown>]>([
	['removed', () => remove(one)],
	['hidden', async () => commenting.set(room.db, room.moderator, page.slug, { state: 'hidden' })]
])('what was %s while the form was open stays withdrawn', async (_what, withdraw) => {
	const elsewhere = await article(room.db);
	const id = await say(room.db, room.reader, elsewhere, `${first()}\n\nYes.`);
	const before = await body(id);
	await withdraw();
	await change(id, `${first()}\n\nNo.`);
	expect(await body(id)).toEqual(before);
	expect(await words(id)).toEqual(['withdrawn']);
});

test('who types the words of a withdrawn quote quotes nothing', async () => {
	const id = await post('Yes.');
	await change(id, withdrawn);
	expect(await quotesOf(room.db, id)).toMatchObject([{ match: 'unresolved', words: WITHDRAWN }]);
});
