import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { guest } from '#lib/server/actor.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import type { Written } from '#lib/server/articles/write.ts';
import * as context from '#lib/server/comments/context.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import { newId } from '#lib/server/ids.ts';
import { article, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal } from '../support/refusals.ts';

const REPLIES = 120;

let room: Newsroom;
let page: Written;
let root: string;
let replies: string[];

beforeAll(async () => {
	room = await newsroom();
	page = await article(room.db);
	root = await say(room.db, room.reader, page, 'root');
	replies = [];
	for (let number = 1; number <= REPLIES; number++) {
		replies.push(await say(room.db, room.other, page, `reply ${number}`, root));
	}
});

/** The window around a comment: the numbers of its first and last reply, and where it goes on. */
async function around(id: string, after?: number) {
	const view = await context.read(room.db, guest(), id, { after });
	const numbers = view.thread.replies.map(({ replySeq }) => replySeq!);
	expect(view.thread.root.id).toBe(root);
	expect(view.focus).toBe(id);
	const { earlier, later } = view;
	return { first: numbers[0], last: numbers.at(-1), earlier, later, more: view.thread.moreReplies };
}

test.each([
	['the root', 0, { first: 1, last: 50, earlier: null, later: 50, more: 70 }],
	['the first reply', 1, { first: 1, last: 50, earlier: null, later: 50, more: 70 }],
	['the 20th', 20, { first: 1, last: 50, earlier: null, later: 50, more: 70 }],
	['the 21st', 21, { first: 2, last: 51, earlier: 0, later: 51, more: 69 }],
	['one in the middle', 80, { first: 61, last: 110, earlier: 10, later: 110, more: 10 }],
	['the last', 120, { first: 101, last: 120, earlier: 50, later: null, more: 0 }]
])('around %s', async (_what, number, expected) => {
	expect(await around(number === 0 ? root : replies[number - 1])).toEqual(expected);
});

test.each([
	[0, { first: 1, last: 50, earlier: null, later: 50, more: 70 }],
	[50, { first: 51, last: 100, earlier: 0, later: 100, more: 20 }],
	[100, { first: 101, last: 120, earlier: 50, later: null, more: 0 }],
	[120, { first: undefined, last: undefined, earlier: 70, later: null, more: 0 }],
	[999_999_999, { first: undefined, last: undefined, earlier: 999_999_949, later: null, more: 0 }]
])('after %d', async (after, expected) => {
	expect(await around(root, after)).toEqual(expected);
});

describe('what has no place', () => {
	let own: Written;
	let published: string;
	let waiting: string;
	beforeEach(async () => {
		own = await article(room.db);
		published = await say(room.db, room.other, own, 'root');
		await commenting.set(room.db, room.moderator, own.slug, { state: 'premoderated' });
		waiting = await say(room.db, room.reader, own, 'waits', published);
	});

	test('is shown under its root to who may see it, and only when it is asked for', async () => {
		for (const actor of [room.reader, room.moderator]) {
			const view = await context.read(room.db, actor, waiting);
			expect(view.thread.replies.map(({ id, status }) => [id, status])).toEqual([
				[waiting, 'pending']
			]);
			const rootView = await context.read(room.db, actor, published);
			expect(rootView.thread.replies).toEqual([]);
		}
	});

	test('does not exist for anybody else', async () => {
		await expectRefusal(context.read(room.db, guest(), waiting), 404);
		await expectRefusal(context.read(room.db, room.other, waiting), 404);
	});

	test('a root that waits stands alone', async () => {
		const root = await say(room.db, room.reader, own, 'waits');
		const view = await context.read(room.db, room.reader, root);
		expect(view.thread).toMatchObject({ root: { id: root, status: 'pending' }, replies: [] });
		expect(view).toMatchObject({ earlier: null, later: null });
	});
});

test('a tombstone leads to what answers it', async () => {
	const own = await article(room.db);
	const parent = await say(room.db, room.reader, own, 'root');
	const reply = await say(room.db, room.other, own, 'reply', parent);
	await removeOwn(room.db, room.reader, parent);
	const { thread } = await context.read(room.db, guest(), parent);
	expect(thread.root).toMatchObject({ status: 'deleted', blocks: null });
	expect(thread.replies.map(({ id }) => id)).toEqual([reply]);
});

test('nothing leads to nothing', async () => {
	await expectRefusal(context.read(room.db, guest(), newId()), 404);
	await expectRefusal(context.read(room.db, guest(), 'x'.repeat(16)), 404);
});
