import { and, eq } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import * as articles from '#lib/server/articles/articles.ts';
import type { Written } from '#lib/server/articles/write.ts';
import * as comments from '#lib/server/comments/comments.ts';
import * as gathered from '#lib/server/comments/gathered.ts';
import { pick, unpick } from '#lib/server/comments/picks.ts';
import { actions, notifications, comments as rows } from '#lib/server/database/schema.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import { article, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal } from '../support/refusals.ts';

let room: Newsroom;
let page: Written;
let id: string;

beforeAll(async () => {
	room = await newsroom();
});
beforeEach(async () => {
	page = await article(room.db);
	id = await say(room.db, room.reader, page, 'The ferry is *late* because of the tide.');
});

async function picks() {
	const { id: articleId, discussion } = await articles.read(room.db, room.other, page.slug);
	const found = { id: articleId, ...discussion };
	return (await gathered.read(room.db.read, room.other, found)).picks;
}

function told() {
	return room.db.read
		.select({ accountId: notifications.accountId, kind: notifications.kind })
		.from(notifications)
		.where(eq(notifications.commentId, id));
}

async function logged() {
	const found = await room.db.read.select().from(actions).where(eq(actions.commentId, id));
	return found.filter(({ kind }) => kind === 'comment.pick' || kind === 'comment.unpick');
}

test('a pick is marked, listed, told to the writer and logged, once', async () => {
	const before = (await articles.read(room.db, room.other, page.slug)).revision;
	await pick(room.db, room.editor, { id, reason: ' Well put. ' });
	await pick(room.db, room.editor, { id });
	expect((await comments.read(room.db, room.other, id)).picked).toBe(true);
	expect(await picks()).toMatchObject([
		{ id, author: { name: room.reader.name }, excerpt: 'The ferry is late because of the tide.' }
	]);
	expect(await told()).toEqual([{ accountId: room.reader.accountId, kind: 'picked' }]);
	expect(await logged()).toMatchObject([
		{ kind: 'comment.pick', actorId: room.editor.accountId, reason: 'Well put.' }
	]);
	const [{ changedIn }] = await room.db.read.select().from(rows).where(eq(rows.id, id));
	expect(changedIn).toBe(before + 1);
});

test('a pick is taken back, which the log says of it; its writer is told once', async () => {
	await pick(room.db, room.editor, { id });
	await unpick(room.db, room.editor, { id });
	await unpick(room.db, room.editor, { id });
	expect((await comments.read(room.db, room.other, id)).picked).toBe(false);
	expect(await picks()).toEqual([]);
	await pick(room.db, room.admin, { id });
	expect(await told()).toHaveLength(1);
	const [first, second, third] = await logged();
	expect([first.kind, second.kind, third.kind]).toEqual([
		...['comment.pick', 'comment.unpick', 'comment.pick']
	]);
	expect(second.reverses).toBe(first.id);
});

test('a pick goes with its comment, and comes back with it', async () => {
	await pick(room.db, room.editor, { id });
	await decide.remove(room.db, room.moderator, { id, reason: 'Rude' });
	expect(await picks()).toEqual([]);
	await expectRefusal(unpick(room.db, room.editor, { id }), 409);
	await decide.restore(room.db, room.moderator, { id, reason: 'Not so rude' });
	expect(await picks()).toHaveLength(1);
});

test('nobody is told of picking their own', async () => {
	id = await say(room.db, room.editor, page, 'As I said.');
	await pick(room.db, room.editor, { id });
	expect(await told()).toEqual([]);
});

test('only editors pick, and only what there is', async () => {
	await expectRefusal(pick(room.db, room.reader, { id }), 403);
	await expectRefusal(pick(room.db, room.moderator, { id }), 403);
	await expectRefusal(pick(room.db, room.editor, { id: 'nothing' }), 404);
	await expectRefusal(pick(room.db, room.editor, { id, reason: 'x'.repeat(1001) }), 422);
	expect(await logged()).toEqual([]);
});

test('of two who pick at once, one is in the log', async () => {
	await Promise.all([room.editor, room.admin].map((who) => pick(room.db, who, { id })));
	expect(await logged()).toHaveLength(1);
	const kept = and(eq(rows.id, id), eq(rows.articleId, page.id));
	expect(await room.db.read.$count(rows, kept)).toBe(1);
});
