import { beforeEach, expect, test } from 'vitest';
import * as commenting from '#lib/server/articles/commenting.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import * as queue from '#lib/server/moderation/queue.ts';
import { newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal } from '../support/refusals.ts';

let room: Newsroom;

beforeEach(async () => {
	room = await newsroom();
});

test('nothing waits at first', async () => {
	expect(await queue.waiting(room.db, room.moderator)).toEqual({ count: 0, oldest: null });
	expect(await queue.parents(room.db, room.moderator, [])).toEqual(new Map());
});

test('what waits is counted from the oldest on, and read with what it answers', async () => {
	const { db, reader, other, moderator, article } = room;
	const answered = await say(db, reader, article, 'Was there fog?');
	await commenting.set(db, moderator, article.slug, { state: 'premoderated' });
	const reply = await say(db, other, article, 'There was.', answered);
	await say(db, other, article, 'And who pays?');

	const { items } = await queue.pending(db, moderator);
	expect(await queue.waiting(db, moderator)).toEqual({ count: 2, oldest: items[0].createdAt });
	const parents = await queue.parents(db, moderator, items);
	expect([...parents.keys()]).toEqual([answered]);
	expect(parents.get(answered)).toMatchObject({ status: 'published', article: article });

	await decide.approve(db, moderator, { id: reply, reason: '' });
	expect(await queue.waiting(db, moderator)).toEqual({ count: 1, oldest: items[1].createdAt });
});

test('readers learn nothing of it', async () => {
	await expectRefusal(queue.waiting(room.db, room.reader), 403);
	await expectRefusal(queue.parents(room.db, room.reader, [{ parentId: room.article.id }]), 403);
});
