import { beforeAll, expect, test } from 'vitest';
import { guest } from '#lib/server/actor.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import * as write from '#lib/server/articles/write.ts';
import type { Written } from '#lib/server/articles/write.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import * as queue from '#lib/server/moderation/queue.ts';
import { article, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal } from '../support/refusals.ts';

let room: Newsroom;

beforeAll(async () => {
	room = await newsroom();
});

async function premoderated(): Promise<Written> {
	const page = await article(room.db);
	await commenting.set(room.db, room.moderator, page.slug, { state: 'premoderated' });
	return page;
}

/** Everything that waits, page by page. */
async function all(actor = room.moderator, between = () => Promise.resolve()): Promise<string[]> {
	const seen: string[] = [];
	let cursor: string | null = null;
	do {
		const { items, next } = await queue.pending(room.db, actor, { cursor });
		seen.push(...items.map(({ id }) => id));
		cursor = next;
		if (cursor !== null) await between();
	} while (cursor !== null);
	return seen;
}

test('all that waits, on whatever article, who waits longest first', async () => {
	const pages = [await premoderated(), await premoderated()];
	const ids: string[] = [];
	for (let number = 0; number < 65; number++) {
		ids.push(await say(room.db, room.reader, pages[number % 2], 'Words'));
	}
	expect(await all()).toEqual(ids);
	const [approved, rejected, deleted] = ids;
	await decide.approve(room.db, room.moderator, { id: approved, reason: '' });
	await decide.reject(room.db, room.moderator, { id: rejected, reason: 'Rude' });
	await removeOwn(room.db, room.reader, deleted);
	expect(await all()).toEqual(ids.slice(3));
	// What is decided between two pages makes no other one disappear.
	const decided = new Set<string>();
	const seen = await all(room.moderator, async () => {
		const id = ids.slice(3).find((one) => !decided.has(one))!;
		decided.add(id);
		await decide.approve(room.db, room.moderator, { id, reason: '' });
	});
	expect(seen).toEqual(ids.slice(3));
});

test('what waits on an article that was taken back is for editors', async () => {
	const page = await premoderated();
	const before = await queue.waiting(room.db, room.moderator);
	const id = await say(room.db, room.reader, page, 'Words');
	await write.edit(room.db, room.editor, page.slug, { published: false });
	expect(await all(room.moderator)).not.toContain(id);
	expect(await all(room.editor)).toContain(id);
	expect(await queue.waiting(room.db, room.moderator)).toEqual(before);
	expect((await queue.waiting(room.db, room.editor)).count).toBe(before.count + 1);
});

test('is for moderators', async () => {
	await expectRefusal(queue.pending(room.db, guest()), 401);
	await expectRefusal(queue.pending(room.db, room.reader), 403);
	await expectRefusal(queue.pending(room.db, room.moderator, { cursor: 'x' }), 400, 'bad-cursor');
});
