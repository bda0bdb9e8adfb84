import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Member } from '#lib/server/actor.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import type { Written } from '#lib/server/articles/write.ts';
import { edit } from '#lib/server/comments/edit.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import { accounts, follows, notifications } from '#lib/server/database/schema.ts';
import * as followsOf from '#lib/server/follows/follows.ts';
import { isId } from '#lib/server/ids.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import * as mutes from '#lib/server/mutes/mutes.ts';
import * as told from '#lib/server/notifications/notifications.ts';
import { article, member, newsroom, say, type Newsroom } from '../support/newsroom.ts';

let room: Newsroom;
let page: Written;
let third: Member;

beforeAll(async () => {
	room = await newsroom();
	third = await member(room.db, 'reader', 'Thora Weld');
});
beforeEach(async () => {
	page = await article(room.db);
});

/** Who is told of a comment, and why. */
async function toldOf(id: string): Promise<Record<string, string>> {
	const rows = await room.db.read
		.select({ name: accounts.name, kind: notifications.kind })
		.from(notifications)
		.innerJoin(accounts, eq(accounts.id, notifications.accountId))
		.where(eq(notifications.commentId, id));
	return Object.fromEntries(rows.map(({ name, kind }) => [name, kind]));
}

const quote = (name: string, id: string, words: string) =>
	`> [${name} said,](/c/${id})\n> ${words}`;

describe('who is told', () => {
	test('nobody of a thread that begins', async () => {
		expect(await toldOf(await say(room.db, room.reader, page, 'A beginning'))).toEqual({});
	});

	test('whom it answers, by a row with an id of ours', async () => {
		const root = await say(room.db, room.reader, page, 'A question');
		const id = await say(room.db, room.other, page, 'An answer', root);
		expect(await toldOf(id)).toEqual({ 'Rhoda Peel': 'reply' });
		const [row] = await room.db.read
			.select()
			.from(notifications)
			.where(eq(notifications.commentId, id));
		expect(isId(row.id)).toBe(true);
		expect(row.readAt).toBeNull();
		expect(Math.abs(row.createdAt.getTime() - Date.now())).toBeLessThan(60_000);
	});

	test('never oneself', async () => {
		const root = await say(room.db, room.reader, page, 'A question of mine');
		await followsOf.follow(room.db, room.reader, { article: page.slug });
		const words = `${quote('Rhoda Peel', root, 'A question of mine')}\n\nI answer it.`;
		expect(await toldOf(await say(room.db, room.reader, page, words, root))).toEqual({});
	});

	test('whom it quotes, also within a quote, if a source is known', async () => {
		const first = await say(room.db, room.reader, page, 'The tide is late today');
		const inner = quote('Rhoda Peel', first, 'The tide is late today');
		const second = await say(room.db, room.other, page, `${inner}\n\nSo it is, by an hour.`);
		const both = quote('Otto Lind', second, `${inner.replace('\n', '\n> ')}\n>\n> So it is`);
		expect(await toldOf(await say(room.db, third, page, `${both}\n\nYes.`))).toEqual({
			...{ 'Rhoda Peel': 'quoted', 'Otto Lind': 'quoted' }
		});
		const altered = quote('Otto Lind', second, 'So it never was');
		expect(await toldOf(await say(room.db, third, page, `${altered}\n\nOh.`))).toEqual({
			'Otto Lind': 'quoted'
		});
		const unknown = '> Otto Lind said,\n> Nothing that anybody ever said\n\nOh.';
		const elsewhere = await article(room.db);
		expect(await toldOf(await say(room.db, third, elsewhere, unknown))).toEqual({});
	});

	test('not whose words are withdrawn', async () => {
		const gone = await say(room.db, room.reader, page, 'Words that go');
		await removeOwn(room.db, room.reader, gone);
		const id = await say(room.db, third, page, `${quote('Rhoda', gone, 'Words that go')}\n\nOh.`);
		expect(await toldOf(id)).toEqual({});
	});

	test('who follows the thread or the discussion', async () => {
		const root = await say(room.db, room.moderator, page, 'A thread');
		const reply = await say(room.db, room.moderator, page, 'A reply', root);
		await followsOf.follow(room.db, room.reader, { comment: reply });
		await followsOf.follow(room.db, room.other, { article: page.slug });
		await followsOf.follow(room.db, room.other, { comment: root });
		await followsOf.follow(room.db, third, { article: (await article(room.db)).slug });
		expect(await toldOf(await say(room.db, room.moderator, page, 'More', reply))).toEqual({
			...{ 'Rhoda Peel': 'followed', 'Otto Lind': 'followed' }
		});
		expect(await toldOf(await say(room.db, room.moderator, page, 'Another'))).toEqual({
			'Otto Lind': 'followed'
		});
	});

	test('each once, for the strongest reason', async () => {
		await followsOf.follow(room.db, room.reader, { article: page.slug });
		const root = await say(room.db, room.reader, page, 'The strongest of all');
		const reply = await say(room.db, room.other, page, 'An answer', root);
		expect(await toldOf(reply)).toEqual({ 'Rhoda Peel': 'reply' });
		const words = `${quote('Rhoda Peel', root, 'The strongest of all')}\n\nQuite.`;
		expect(await toldOf(await say(room.db, room.other, page, words, root))).toEqual({
			'Rhoda Peel': 'quoted'
		});
	});

	test('never who muted the author, nor who is banned', async () => {
		const [muting, banned] = [await member(room.db), await member(room.db)];
		const { accountId } = banned;
		const root = await say(room.db, muting, page, 'A question');
		await followsOf.follow(room.db, banned, { article: page.slug });
		await mutes.mute(room.db, muting, room.other.name);
		await room.db.write((tx) =>
			tx.update(accounts).set({ bannedAt: new Date() }).where(eq(accounts.id, accountId))
		);
		expect(await toldOf(await say(room.db, room.other, page, 'An answer', root))).toEqual({});
		expect(Object.values(await toldOf(await say(room.db, third, page, 'Mine', root)))).toEqual([
			'reply'
		]);
	});

	test('very many followers', async () => {
		const people = await Promise.all(Array.from({ length: 300 }, () => member(room.db)));
		await room.db.write((tx) =>
			tx.insert(follows).values(
				people.map(({ accountId }) => {
					return { accountId, articleId: page.id, rootId: '', createdAt: new Date() };
				})
			)
		);
		const id = await say(room.db, room.reader, page, 'To all of you');
		const rows = await room.db.read
			.select({ id: notifications.id })
			.from(notifications)
			.where(eq(notifications.commentId, id));
		expect(rows).toHaveLength(300);
		expect(rows.every((row) => isId(row.id))).toBe(true);
	});
});

describe('when', () => {
	test('a comment that waited is approved, and not again when it is restored', async () => {
		const root = await say(room.db, room.reader, page, 'The words to quote');
		await commenting.set(room.db, room.moderator, page.slug, { state: 'premoderated' });
		const words = `${quote('Rhoda Peel', root, 'The words to quote')}\n\nQuite.`;
		const id = await say(room.db, room.other, page, words, root);
		expect(await toldOf(id)).toEqual({});
		await decide.approve(room.db, room.moderator, { id, reason: '' });
		expect(await toldOf(id)).toEqual({ 'Rhoda Peel': 'quoted' });
		await decide.remove(room.db, room.moderator, { id, reason: 'Rude' });
		await followsOf.follow(room.db, third, { article: page.slug });
		await decide.restore(room.db, room.moderator, { id, reason: 'Not rude' });
		expect(await toldOf(id)).toEqual({ 'Rhoda Peel': 'quoted' });
	});

	test('an edit quotes somebody who was not quoted before', async () => {
		const root = await say(room.db, room.reader, page, 'The words to quote');
		const other = await say(room.db, third, page, 'Some other words');
		const id = await say(room.db, room.other, page, 'An answer', root);
		await told.markRead(room.db, room.reader, 'all');
		await followsOf.follow(room.db, room.moderator, { article: page.slug });
		const words = `${quote('Rhoda Peel', root, 'The words to quote')}\n\n${quote('Thora Weld', other, 'Some other words')}\n\nAn answer`;
		await edit(room.db, room.other, { id, body: words });
		expect(await toldOf(id)).toEqual({ 'Rhoda Peel': 'quoted', 'Thora Weld': 'quoted' });
		expect(await told.unread(room.db, room.reader)).toBe(1);
		await told.markRead(room.db, room.reader, 'all');
		await edit(room.db, room.other, { id, body: `${words} of mine` });
		expect(await told.unread(room.db, room.reader)).toBe(0);
	});
});
