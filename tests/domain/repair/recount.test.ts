import { asc, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import * as votes from '#lib/server/comments/votes.ts';
import { articles, comments, quotes } from '#lib/server/database/schema.ts';
import { edit } from '#lib/server/comments/edit.ts';
import { recount } from '#lib/server/repair/recount.ts';
import { newsroom, say, type Newsroom } from '../support/newsroom.ts';

let room: Newsroom;
let root: string;
let replies: string[];

beforeEach(async () => {
	room = await newsroom();
	const { db, reader, other, article } = room;
	root = await say(db, reader, article, 'A root.');
	replies = [];
	for (const words of ['One.', 'Two.', 'Three.']) {
		replies.push(await say(db, other, article, words, root));
	}
	await say(db, other, article, 'Another root.');
	await votes.cast(db, other, root);
});

type Change = Partial<typeof comments.$inferInsert>;

async function spoil(id: string, change: Change): Promise<void> {
	await room.db.write(async (tx) => {
		await tx.update(comments).set(change).where(eq(comments.id, id));
	});
}

async function numbers(): Promise<(number | null)[]> {
	const rows = await room.db.read
		.select({ id: comments.id, seq: comments.replySeq })
		.from(comments)
		.where(eq(comments.rootId, root))
		.orderBy(asc(comments.id));
	return rows.filter(({ id }) => id !== root).map(({ seq }) => seq);
}

async function stored(id: string) {
	const [row] = await room.db.read.select().from(comments).where(eq(comments.id, id));
	return row;
}

test('what is right stays as it is', async () => {
	const before = await room.db.read.select().from(comments).orderBy(asc(comments.id));
	const report = await recount(room.db);
	expect(report).toEqual({ checked: { articles: 1, comments: 5 }, mended: [], wrong: 0 });
	expect(await room.db.read.select().from(comments).orderBy(asc(comments.id))).toEqual(before);
});

test("an article's comments are counted", async () => {
	const { db, article } = room;
	await db.write(async (tx) => {
		await tx.update(articles).set({ commentCount: 99 }).where(eq(articles.id, article.id));
	});
	const [before] = await db.read.select().from(articles);
	const report = await recount(db);
	expect(report.mended).toEqual([{ what: 'comment count', id: article.id, was: 99, is: 5 }]);
	const [row] = await db.read.select().from(articles);
	expect(row.commentCount).toBe(5);
	expect(row.revision).toBeGreaterThan(before.revision);
});

test('recommendations are added up, those that were imported too', async () => {
	await spoil(root, { score: 7, importedScore: 4 });
	await spoil(replies[0], { score: -1 });
	const report = await recount(room.db);
	expect(report.mended).toEqual([
		{ what: 'score', id: root, was: 7, is: 5 },
		{ what: 'score', id: replies[0], was: -1, is: 0 }
	]);
	expect((await stored(root)).score).toBe(5);
});

describe('replies are numbered anew', () => {
	test.each<[string, Change[]]>([
		['with a gap', [{}, { replySeq: 5 }, { replySeq: 6 }]],
		['with one number twice', [{}, { replySeq: 1 }, { replySeq: 2 }]],
		['without a number', [{}, {}, { replySeq: null }]],
		['from nought', [{ replySeq: 0 }, { replySeq: 1 }, { replySeq: 2 }]]
	])('%s', async (_what, changes) => {
		for (const [at, change] of changes.entries()) {
			if (Object.keys(change).length > 0) await spoil(replies[at], change);
		}
		const report = await recount(room.db);
		expect(report.wrong).toBeGreaterThan(0);
		expect(await numbers()).toEqual([1, 2, 3]);
		expect((await recount(room.db)).wrong).toBe(0);
	});

	test('in the order that they had', async () => {
		for (const [at, replySeq] of [30, 10, 20].entries()) await spoil(replies[at], { replySeq });
		await recount(room.db);
		expect(await numbers()).toEqual([3, 1, 2]);
	});

	test('without those that are not shown', async () => {
		await spoil(replies[1], { status: 'rejected' });
		await recount(room.db);
		expect(await numbers()).toEqual([1, null, 2]);
		expect((await stored(root)).replyCount).toBe(2);
	});

	test('with what was removed or deleted in its place', async () => {
		await spoil(replies[0], { status: 'removed' });
		await spoil(replies[1], { status: 'deleted' });
		const report = await recount(room.db);
		expect(report.mended.map(({ what }) => what)).toEqual(['comment count']);
		expect(await numbers()).toEqual([1, 2, 3]);
	});
});

test('a root has the number of its replies, and its place in the list', async () => {
	await spoil(root, { replyCount: 17, listedIn: null });
	await spoil(replies[2], { listedIn: room.article.id });
	const report = await recount(room.db);
	expect(report.mended.map(({ what, id }) => [what, id])).toEqual([
		['reply number', replies[2]],
		['reply count', root],
		['place', root]
	]);
	expect(await stored(root)).toMatchObject({ replyCount: 3, listedIn: room.article.id });
	expect((await recount(room.db)).wrong).toBe(0);
});

test('a quote that stands only in an earlier text is known as such', async () => {
	const { db, other, article } = room;
	const id = await say(db, other, article, `> [x said,](/c/${root})\n> A root.\n\nYes.`);
	await edit(db, other, { id, body: 'No.' });
	await db.write((tx) => tx.update(quotes).set({ standing: true }));
	const [quote] = await db.read.select().from(quotes);
	const report = await recount(db);
	expect(report.mended).toEqual([{ what: 'standing quote', id: quote.id, was: true, is: false }]);
	expect((await recount(db)).wrong).toBe(0);
});

test('what an older renderer rendered is rendered again', async () => {
	const { db, article } = room;
	const [before] = await db.read.select().from(articles);
	await db.write((tx) => tx.update(articles).set({ bodyHtml: '<p>Old.</p>', rendererVersion: 1 }));
	const report = await recount(db);
	expect(report.mended).toEqual([{ what: 'rendering', id: article.id, was: 1, is: 2 }]);
	const [row] = await db.read.select().from(articles);
	expect(row).toEqual({ ...before, revision: before.revision + 1 });
	expect((await recount(db)).wrong).toBe(0);
});
