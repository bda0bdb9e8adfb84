import { beforeAll, beforeEach, expect, test } from 'vitest';
import { guest } from '#lib/server/actor.ts';
import * as articles from '#lib/server/articles/articles.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import type { Written } from '#lib/server/articles/write.ts';
import * as comments from '#lib/server/comments/comments.ts';
import { history } from '#lib/server/comments/history.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import { newId } from '#lib/server/ids.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import { article, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal, outcomes } from '../support/refusals.ts';

let room: Newsroom;
let page: Written;
let id: string;

beforeAll(async () => {
	room = await newsroom();
});
beforeEach(async () => {
	page = await article(room.db);
	id = await say(room.db, room.reader, page, 'My words');
});

async function count(): Promise<number> {
	return (await articles.read(room.db, room.admin, page.slug)).commentCount;
}

test('a deleted comment leaves its place, without words or author', async () => {
	const reply = await say(room.db, room.other, page, 'An answer', id);
	await removeOwn(room.db, room.reader, id);
	expect(await count()).toBe(1);
	for (const actor of [guest(), room.reader, room.admin]) {
		expect(await comments.read(room.db, actor, id)).toMatchObject({
			...{ status: 'deleted', author: null, blocks: null },
			can: { reply: false, quote: false, edit: false, delete: false, restore: false }
		});
		await expectRefusal(comments.markdown(room.db, actor, id), 404);
		await expectRefusal(history(room.db, actor, id), 404);
	}
	expect(await comments.read(room.db, guest(), reply)).toMatchObject({
		...{ status: 'published', parentId: id, replyingTo: null }
	});
});

test('only its author may, and only once', async () => {
	await expectRefusal(removeOwn(room.db, guest(), id), 401);
	for (const who of ['other', 'moderator', 'admin'] as const) {
		await expectRefusal(removeOwn(room.db, room[who], id), 403);
	}
	await expectRefusal(removeOwn(room.db, room.reader, newId()), 404);
	await removeOwn(room.db, room.reader, id);
	await expectRefusal(removeOwn(room.db, room.reader, id), 409, 'gone');
	expect(await count()).toBe(0);
});

test('ten at once count once', async () => {
	const other = await say(room.db, room.other, page, 'Stays');
	const all = Array.from({ length: 10 }, () => removeOwn(room.db, room.reader, id));
	expect(await outcomes(all)).toEqual({ done: 1, '409 gone': 9 });
	expect(await count()).toBe(1);
	expect((await comments.read(room.db, guest(), other)).status).toBe('published');
});

test('a closed discussion does not keep anybody’s words', async () => {
	await commenting.set(room.db, room.moderator, page.slug, { state: 'disabled' });
	await removeOwn(room.db, room.reader, id);
	expect((await comments.read(room.db, guest(), id)).status).toBe('deleted');
});

test('what waited is gone without a trace for others', async () => {
	await commenting.set(room.db, room.moderator, page.slug, { state: 'premoderated' });
	const waiting = [
		await say(room.db, room.reader, page, 'Waiting'),
		await say(room.db, room.reader, page, 'Waiting', id)
	];
	for (const one of waiting) {
		await removeOwn(room.db, room.reader, one);
		expect(await count()).toBe(1);
		await expectRefusal(comments.read(room.db, guest(), one), 404);
		await expectRefusal(comments.read(room.db, room.other, one), 404);
		expect((await comments.read(room.db, room.reader, one)).status).toBe('deleted');
		await expectRefusal(decide.approve(room.db, room.moderator, { id: one, reason: '' }), 409);
	}
});

test('what a moderator took down is not the author’s to delete', async () => {
	await decide.remove(room.db, room.moderator, { id, reason: 'Rude' });
	await expectRefusal(removeOwn(room.db, room.reader, id), 409, 'gone');
	await decide.restore(room.db, room.moderator, { id, reason: 'A mistake' });
	await removeOwn(room.db, room.reader, id);
	await expectRefusal(
		decide.restore(room.db, room.moderator, { id, reason: 'No' }),
		409,
		'decided'
	);
});

test('a deletion races a removal: one of them is done, and it counts once', async () => {
	const counts = await outcomes([
		removeOwn(room.db, room.reader, id),
		decide.remove(room.db, room.moderator, { id, reason: 'Rude' })
	]);
	expect(counts.done).toBe(1);
	expect(await count()).toBe(0);
});
