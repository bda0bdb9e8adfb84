import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { guest, type Member } from '#lib/server/actor.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import * as write from '#lib/server/articles/write.ts';
import type { Written } from '#lib/server/articles/write.ts';
import { now, shift } from '#lib/server/clock.ts';
import { byPerson } from '#lib/server/comments/comments.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import { encodeCursor } from '#lib/server/cursors.ts';
import { newId } from '#lib/server/ids.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import { article, member, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal } from '../support/refusals.ts';

let room: Newsroom;
let page: Written;
let person: Member;

beforeAll(async () => {
	room = await newsroom();
});
beforeEach(async () => {
	page = await article(room.db);
	person = await member(room.db);
});
afterEach(() => shift(0));

async function ids(actor = guest(), cursor?: string): Promise<string[]> {
	const { items } = await byPerson(room.db, actor, person.accountId, { cursor });
	return items.map(({ id }) => id);
}

const post = (on = page) => say(room.db, person, on, 'Words');

test('a person’s comments, newest first, on whatever article', async () => {
	const first = await post();
	await say(room.db, room.other, page, 'Somebody else’s');
	const second = await post(await article(room.db));
	expect(await ids()).toEqual([second, first]);
});

test('pages show each once, whatever is posted meanwhile', async () => {
	const all: string[] = [];
	for (let number = 0; number < 70; number++) all.push(await post());
	const seen: string[] = [];
	let cursor: string | null = null;
	do {
		const list = await byPerson(room.db, guest(), person.accountId, { cursor });
		seen.push(...list.items.map(({ id }) => id));
		cursor = list.next;
		await post();
	} while (cursor !== null);
	expect(seen).toEqual(all.toReversed());
});

test.each<[string, (id: string) => Promise<unknown>]>([
	['deleted', (id) => removeOwn(room.db, person, id)],
	['removed', (id) => decide.remove(room.db, room.moderator, { id, reason: 'Rude' })],
	['hidden', () => commenting.set(room.db, room.moderator, page.slug, { state: 'hidden' })],
	['on a draft', () => write.edit(room.db, room.editor, page.slug, { published: false })]
])('what is %s is not among them, for anybody', async (_what, hide) => {
	const stays = await post(await article(room.db));
	await hide(await post());
	for (const actor of [guest(), person, room.admin]) expect(await ids(actor)).toEqual([stays]);
});

test('what waits or was rejected is not among them', async () => {
	await commenting.set(room.db, room.moderator, page.slug, { state: 'premoderated' });
	await post();
	await decide.reject(room.db, room.moderator, { id: await post(), reason: 'Rude' });
	expect(await ids(person)).toEqual([]);
});

test('a discussion that is hidden until a time comes back at that time, to the second', async () => {
	const id = await post();
	const until = new Date(now().getTime() + 60_000);
	await commenting.set(room.db, room.moderator, page.slug, { state: 'hidden', until });
	expect(await ids()).toEqual([]);
	shift(60_001);
	expect(await ids()).toEqual([id]);
});

test('one that is open until a time is hidden again at that time', async () => {
	const id = await post();
	await commenting.set(room.db, room.moderator, page.slug, { state: 'hidden' });
	const until = new Date(now().getTime() + 60_000);
	await commenting.set(room.db, room.moderator, page.slug, { state: 'open', until });
	expect(await ids()).toEqual([id]);
	shift(60_001);
	expect(await ids()).toEqual([]);
});

test.each(['x', encodeCursor([]), encodeCursor([1]), encodeCursor(['../x'])])(
	'%s is no cursor',
	(cursor) => expectRefusal(byPerson(room.db, guest(), person.accountId, { cursor }), 400)
);

test('nobody has no comments', async () => {
	expect(await byPerson(room.db, guest(), newId())).toEqual({ items: [], next: null });
});
