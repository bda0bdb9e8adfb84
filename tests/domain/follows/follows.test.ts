import { beforeAll, beforeEach, expect, test } from 'vitest';
import { guest, type Member } from '#lib/server/actor.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import type { Written } from '#lib/server/articles/write.ts';
import * as write from '#lib/server/articles/write.ts';
import * as comments from '#lib/server/comments/comments.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import { follows } from '#lib/server/database/schema.ts';
import { follow, isFollowed, list, MOST_FOLLOWED, unfollow } from '#lib/server/follows/follows.ts';
import { newId } from '#lib/server/ids.ts';
import { article, member, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal } from '../support/refusals.ts';

let room: Newsroom;
let page: Written;
let reader: Member;

beforeAll(async () => {
	room = await newsroom();
});
beforeEach(async () => {
	page = await article(room.db);
	reader = await member(room.db);
});

const followed = async () =>
	(await list(room.db, reader)).map((one) => one.thread?.url ?? one.article.url);

test('a discussion is followed, once, and left', async () => {
	await follow(room.db, reader, { article: page.slug });
	await follow(room.db, reader, { article: page.slug });
	expect(await followed()).toEqual([`/articles/${page.slug}`]);
	expect(await isFollowed(room.db.read, reader, page.id)).toBe(true);
	expect(await isFollowed(room.db.read, room.other, page.id)).toBe(false);
	expect(await isFollowed(room.db.read, guest(), page.id)).toBe(false);
	await unfollow(room.db, reader, { article: page.slug });
	await unfollow(room.db, reader, { article: page.slug });
	expect(await followed()).toEqual([]);
});

test('a thread is followed by any of its comments, and its root says so to the reader alone', async () => {
	const root = await say(room.db, room.other, page, 'A thread');
	const reply = await say(room.db, room.other, page, 'A reply', root);
	await follow(room.db, reader, { comment: reply });
	expect(await list(room.db, reader)).toMatchObject([
		{ article: { slug: page.slug }, thread: { id: root, author: 'Otto Lind' } }
	]);
	expect(await isFollowed(room.db.read, reader, page.id)).toBe(false);
	const seen = async (actor: Member, id: string) =>
		(await comments.read(room.db, actor, id)).followed;
	expect(await seen(reader, root)).toBe(true);
	expect(await seen(reader, reply)).toBe(false);
	expect(await seen(room.other, root)).toBe(false);
	await removeOwn(room.db, room.other, root);
	expect((await list(room.db, reader))[0].thread?.author).toBeNull();
	await unfollow(room.db, reader, { comment: root });
	expect(await followed()).toEqual([]);
});

test('only what may be seen is followed, and listed', async () => {
	await expectRefusal(follow(room.db, guest(), { article: page.slug }), 401);
	await expectRefusal(follow(room.db, reader, { article: 'no-such-story' }), 404);
	await expectRefusal(follow(room.db, reader, { comment: newId() }), 404);
	const root = await say(room.db, room.other, page, 'A thread');
	await follow(room.db, reader, { comment: root });
	await follow(room.db, reader, { article: page.slug });
	await commenting.set(room.db, room.moderator, page.slug, { state: 'hidden' });
	expect(await followed()).toEqual([`/articles/${page.slug}`]);
	await write.edit(room.db, room.editor, page.slug, { published: false });
	expect(await followed()).toEqual([]);
	await expectRefusal(follow(room.db, reader, { article: page.slug }), 404);
	await expectRefusal(follow(room.db, reader, { comment: root }), 404);
});

test('nobody follows without end', async () => {
	const all = Array.from({ length: MOST_FOLLOWED }, (_, n) => ({
		...{ accountId: reader.accountId, articleId: page.id, rootId: `x${n}`, createdAt: new Date() }
	}));
	await room.db.write((tx) => tx.insert(follows).values(all));
	await expectRefusal(follow(room.db, reader, { article: page.slug }), 422, 'too-many');
});
