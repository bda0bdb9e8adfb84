import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { guest, type Actor } from '#lib/server/actor.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import type { Written } from '#lib/server/articles/write.ts';
import * as listing from '#lib/server/comments/listing.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import * as threads from '#lib/server/comments/threads.ts';
import { SORTS, type DiscussionView, type Sort } from '#lib/server/comments/view.ts';
import * as votes from '#lib/server/comments/votes.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import { article, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal } from '../support/refusals.ts';

let room: Newsroom;
let page: Written;

beforeAll(async () => {
	room = await newsroom();
});
beforeEach(async () => {
	page = await article(room.db);
});

async function read(
	input: { sort?: Sort; cursor?: string | null; limit?: number } = {},
	actor: Actor = guest()
): Promise<DiscussionView> {
	const discussion = await listing.articleOf(room.db, actor, page.slug);
	return threads.page(room.db, actor, discussion, { sort: 'oldest', ...input });
}

function post(words: string, parent: string | null = null, actor = room.reader): Promise<string> {
	return say(room.db, actor, page, words, parent);
}

async function postAll(count: number): Promise<string[]> {
	const ids: string[] = [];
	for (let number = 0; number < count; number++) ids.push(await post(`root ${number}`));
	return ids;
}

function rootsOf({ threads }: DiscussionView): string[] {
	return threads.map(({ root }) => root.id);
}

/** Every page, with something done before each next one. */
async function walk(sort: Sort, limit: number, between: () => Promise<unknown>): Promise<string[]> {
	const seen: string[] = [];
	let cursor: string | null = null;
	do {
		const discussion = await read({ sort, cursor, limit });
		expect(discussion.threads.length).toBeLessThanOrEqual(limit);
		seen.push(...rootsOf(discussion));
		cursor = discussion.next;
		if (cursor !== null) await between();
	} while (cursor !== null);
	return seen;
}

const quiet = () => Promise.resolve();

test('an empty discussion', async () => {
	for (const sort of SORTS) {
		expect(await read({ sort })).toEqual({
			...{ threads: [], sort, waiting: [] },
			...{ previous: null, next: null }
		});
	}
});

describe('sorts', () => {
	test('oldest and newest are by time', async () => {
		const ids = await postAll(5);
		expect(rootsOf(await read({ sort: 'oldest' }))).toEqual(ids);
		expect(rootsOf(await read({ sort: 'newest' }))).toEqual(ids.toReversed());
	});

	test('best is by recommendations, the newest first among equals', async () => {
		const [a, b, c, d] = await postAll(4);
		await votes.cast(room.db, room.other, b);
		await votes.cast(room.db, room.editor, b);
		await votes.cast(room.db, room.other, a);
		expect(rootsOf(await read({ sort: 'best' }))).toEqual([b, a, d, c]);
	});

	test('most replied is by replies, the newest first among equals', async () => {
		const [a, b, c, d] = await postAll(4);
		const reply = await post('a reply', b);
		await post('an answer to it', reply);
		await post('another reply', a);
		expect(rootsOf(await read({ sort: 'replied' }))).toEqual([b, a, d, c]);
	});
});

describe('pages', () => {
	test.each(SORTS.flatMap((sort) => [1, 2, 3, 7, 8].map((limit) => [sort, limit] as const)))(
		'of %s by %d are the whole in order',
		async (sort, limit) => {
			const ids = await postAll(7);
			await votes.cast(room.db, room.other, ids[3]);
			const whole = rootsOf(await read({ sort, limit: 50 }));
			expect(whole).toHaveLength(7);
			expect(await walk(sort, limit, quiet)).toEqual(whole);
		}
	);

	test.each(SORTS)('of %s are the same on the way back', async (sort) => {
		const ids = await postAll(7);
		await votes.cast(room.db, room.other, ids[3]);
		await post('a reply', ids[5]);
		const there: string[][] = [];
		let page = await read({ sort, limit: 3 });
		expect(page.previous).toBeNull();
		for (; page.next !== null; page = await read({ sort, limit: 3, cursor: page.next })) {
			there.push(rootsOf(page));
		}
		expect(there.flat()).toHaveLength(6);
		while (page.previous !== null) {
			page = await read({ sort, limit: 3, cursor: page.previous });
			expect(rootsOf(page)).toEqual(there.pop());
			expect(page.next).not.toBeNull();
		}
		expect(there).toEqual([]);
	});

	test.each(SORTS)(
		'of %s show all that was there once, whatever is posted meanwhile',
		async (sort) => {
			const ids = await postAll(7);
			await votes.cast(room.db, room.other, ids[2]);
			const seen = await walk(sort, 2, () => postAll(1));
			expect(new Set(seen).size).toBe(seen.length);
			expect(seen).toEqual(expect.arrayContaining(ids));
		}
	);

	test.each(SORTS)('of %s lose nothing that is taken down meanwhile', async (sort) => {
		const ids = await postAll(6);
		const taken = new Set<string>();
		const seen = await walk(sort, 2, async () => {
			const id = ids.find((one) => !taken.has(one))!;
			taken.add(id);
			await removeOwn(room.db, room.reader, id);
		});
		expect(seen.toSorted()).toEqual(ids);
	});

	test('of no cursor of the sort are refused', async () => {
		await postAll(3);
		const { next } = await read({ limit: 1 });
		await expectRefusal(read({ sort: 'best', cursor: next }), 400, 'bad-cursor');
		await expectRefusal(read({ cursor: 'x' }), 400, 'bad-cursor');
	});
});

describe('replies', () => {
	test('the first of them, in reading order, and how many more', async () => {
		const root = await post('root');
		const one = await post('one', root);
		const two = await post('two', root);
		const answer = await post('to one', one);
		const others: string[] = [];
		for (let number = 0; number < 5; number++) others.push(await post(`${number}`, root));
		const [thread] = (await read()).threads;
		const shown = [one, answer, two, ...others].slice(0, threads.FIRST_REPLIES);
		expect(thread.replies.map(({ id }) => id)).toEqual(shown);
		expect(thread.moreReplies).toBe(8 - threads.FIRST_REPLIES);
	});

	test('of another thread or page are not among them', async () => {
		const [first, second] = await postAll(2);
		const reply = await post('reply', second);
		const [one, two] = (await read()).threads;
		expect([one.root.id, one.replies, one.moreReplies]).toEqual([first, [], 0]);
		expect(two.replies.map(({ id }) => id)).toEqual([reply]);
		const { threads: onlyFirst } = await read({ limit: 1 });
		expect(onlyFirst.flatMap(({ replies }) => replies)).toEqual([]);
	});

	test('say whom they answer', async () => {
		const root = await post('root', null, room.other);
		const reply = await post('reply', root);
		await post('reply to the reply', reply);
		const [{ replies }] = (await read()).threads;
		expect(replies.map(({ replyingTo }) => replyingTo)).toEqual([
			{ id: root, name: 'Otto Lind' },
			{ id: reply, name: 'Rhoda Peel' }
		]);
	});
});

test('tombstones keep their places, with what answers them', async () => {
	const [a, b, c] = await postAll(3);
	const reply = await post('reply', b);
	const answer = await post('answer', reply, room.other);
	await decide.remove(room.db, room.moderator, { id: b, reason: 'Rude' });
	await removeOwn(room.db, room.reader, reply);
	const discussion = await read();
	expect(rootsOf(discussion)).toEqual([a, b, c]);
	const [, thread] = discussion.threads;
	expect(thread.root).toMatchObject({ status: 'removed', blocks: null });
	expect(thread.replies.map(({ id, status, blocks }) => [id, status, blocks])).toEqual([
		[reply, 'deleted', null],
		[answer, 'published', [{ html: '<p>answer</p>\n' }]]
	]);
	expect(thread.moreReplies).toBe(0);
	const [, forStaff] = (await read({}, room.moderator)).threads;
	expect(forStaff.root.blocks).toEqual([{ html: '<p>root 1</p>\n' }]);
});

test('what waits is only for its author, apart from the threads', async () => {
	const root = await post('root');
	await commenting.set(room.db, room.moderator, page.slug, { state: 'premoderated' });
	const waiting = await post('waits');
	const reply = await post('waits too', root);
	await post('another one’s', root, room.other);
	for (const actor of [guest(), room.editor]) {
		expect((await read({}, actor)).waiting).toEqual([]);
	}
	const own = await read({}, room.reader);
	expect(own.waiting.map(({ id, status }) => [id, status])).toEqual([
		[waiting, 'pending'],
		[reply, 'pending']
	]);
	for (const actor of [guest(), room.reader, room.moderator]) {
		const { threads } = await read({}, actor);
		expect(threads.map(({ root, replies }) => [root.id, replies])).toEqual([[root, []]]);
	}
	await decide.approve(room.db, room.moderator, { id: reply, reason: '' });
	await decide.reject(room.db, room.moderator, { id: waiting, reason: 'Rude' });
	const after = await read({}, room.reader);
	expect(after.waiting).toEqual([]);
	expect(after.threads[0].replies.map(({ id, replySeq }) => [id, replySeq])).toEqual([[reply, 1]]);
	expect(after.threads).toHaveLength(1);
});
