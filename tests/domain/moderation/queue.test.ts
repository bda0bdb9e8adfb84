import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { guest, type Member } from '#lib/server/actor.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import * as write from '#lib/server/articles/write.ts';
import type { Written } from '#lib/server/articles/write.ts';
import { now, shift } from '#lib/server/clock.ts';
import { articles, comments } from '#lib/server/database/schema.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import { priorityAt, priorityOf, type Ranked } from '#lib/server/moderation/priority.ts';
import * as queue from '#lib/server/moderation/queue.ts';
import { report } from '#lib/server/moderation/reports.ts';
import * as waiting from '#lib/server/moderation/waiting.ts';
import { article, member, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal } from '../support/refusals.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

let room: Newsroom;

beforeEach(async () => {
	shift(0);
	room = await newsroom();
});

async function premoderated(change: Parameters<typeof article>[1] = {}): Promise<Written> {
	const page = await article(room.db, change);
	await commenting.set(room.db, room.moderator, page.slug, { state: 'premoderated' });
	return page;
}

async function set(id: string, change: Partial<typeof comments.$inferInsert>): Promise<void> {
	await room.db.write((tx) => tx.update(comments).set(change).where(eq(comments.id, id)));
}

/** A part of the queue, page by page. */
async function all(
	tab: queue.Tab = 'pending',
	actor = room.moderator,
	between = () => Promise.resolve()
): Promise<string[]> {
	const seen: string[] = [];
	let cursor: string | null = null;
	do {
		const found: Awaited<ReturnType<typeof queue.page>> = await queue.page(room.db, actor, {
			...{ tab, cursor }
		});
		seen.push(...found.items.map(({ comment }) => comment.id));
		cursor = found.next;
		if (cursor !== null) await between();
	} while (cursor !== null);
	return seen;
}

test('what may do equal harm stands as it came, on whatever article, page by page', async () => {
	const pages = [await premoderated(), await premoderated()];
	const ids: string[] = [];
	for (let number = 0; number < 65; number++) {
		ids.push(await say(room.db, room.reader, pages[number % 2], `Words ${number}`));
	}
	expect(await all()).toEqual(ids);
	// What is decided between two pages makes no other one disappear.
	const decided = new Set<string>();
	const seen = await all('pending', room.moderator, async () => {
		const id = ids.find((one) => !decided.has(one))!;
		decided.add(id);
		await decide.approve(room.db, room.moderator, { id, reason: '' });
	});
	expect(seen).toEqual(ids);
});

test('harm and reach come first', async () => {
	const [page, busy] = [await premoderated(), await premoderated()];
	await room.db.write((tx) =>
		tx.update(articles).set({ commentCount: 300 }).where(eq(articles.id, busy.id))
	);
	const old = await premoderated();
	await room.db.write((tx) =>
		tx
			.update(articles)
			.set({ publishedAt: new Date(Date.now() - 30 * DAY_MS) })
			.where(eq(articles.id, old.id))
	);
	const aged = await say(room.db, room.reader, old, 'On an old article');
	const plain = await say(room.db, room.reader, page, 'Nothing special');
	const loud = await say(room.db, room.reader, busy, 'Where many read');
	const harmful = await say(room.db, room.reader, page, 'Harmful');
	const reported = await say(room.db, room.reader, page, 'Reported');
	await set(harmful, { harm: 20 });
	await set(reported, { reportWeight: 300 });
	expect(await all()).toEqual([harmful, reported, loud, plain, aged]);
});

test('the order of the database is that of the rule', async () => {
	const page = await article(room.db);
	const at = now();
	const cases: Ranked[] = [];
	for (const harm of [-3, 0, 7, 5000]) {
		for (const age of [DAY_MS / 2, 2 * DAY_MS, 5 * DAY_MS, 50 * DAY_MS]) {
			cases.push({
				...{ harm, reportWeight: 250, replyCount: harm * 2, score: 30 - harm },
				...{ commentCount: 45, publishedAt: new Date(at.getTime() - age) }
			});
		}
	}
	const id = await say(room.db, room.reader, page, 'Words');
	for (const one of cases) {
		const { commentCount, publishedAt, ...own } = one;
		await room.db.write((tx) =>
			tx.update(articles).set({ commentCount, publishedAt }).where(eq(articles.id, page.id))
		);
		await set(id, own);
		const [row] = await room.db.read
			.select({ priority: priorityAt(at) })
			.from(comments)
			.innerJoin(articles, eq(articles.id, comments.articleId))
			.where(eq(comments.id, id));
		expect(row.priority).toBe(priorityOf(one, at));
	}
	expect(priorityOf({ ...cases[0], publishedAt: null }, at)).toBeGreaterThan(0);
});

test('a part of the queue has its own, and all of them are counted', async () => {
	const { db, reader, other, moderator } = room;
	const page = await article(db);
	const [plain, unseen, accused] = [
		await say(db, reader, page, 'One'),
		await say(db, reader, page, 'Two'),
		await say(db, reader, page, 'Three')
	];
	for (const seen of [plain, accused]) await set(seen, { unreviewed: false });
	await report(db, other, { id: accused, reason: 'spam', note: 'Again' });
	const held = await say(db, reader, await premoderated(), 'Four');
	expect([await all('pending'), await all('reported'), await all('unreviewed')]).toEqual([
		[held],
		[accused],
		[unseen]
	]);
	const desk = await waiting.desk(db, moderator);
	expect(Object.entries(desk).map(([name, part]) => [name, part.count])).toEqual([
		...[
			['pending', 1],
			['reported', 1]
		],
		...[
			['appeals', 0],
			['problems', 0],
			['unreviewed', 1]
		]
	]);
	expect(desk.pending.oldest).toBeInstanceOf(Date);
	expect(desk.appeals.oldest).toBeNull();
	expect([plain].some((id) => [held, accused, unseen].includes(id))).toBe(false);
});

test('a case shows what it takes to decide', async () => {
	const { db, reader, other, moderator } = room;
	const page = await article(db);
	const answered = await say(db, other, page, 'Was there fog?');
	const id = await say(db, reader, page, 'There was.', answered);
	const gone = await say(db, reader, page, 'Gone');
	await decide.remove(db, moderator, { id: gone, ground: 'spam', reason: '' });
	await report(db, other, { id, reason: 'misinformation', note: 'There was none.' });
	const { items } = await queue.page(db, moderator, { tab: 'reported' });
	expect(items).toMatchObject([
		{
			comment: { id, blocks: [{}] },
			parent: { id: answered },
			reports: { reasons: [{ reason: 'misinformation', count: 1 }], more: 0 },
			author: { published: 1, removed: 1, rejected: 0, barred: null, warned: false },
			verbs: { stay: 'keep', go: 'remove' },
			...{ findings: [], claim: null, text: 'There was.' }
		}
	]);
	const ofStaff = await say(db, room.editor, page, 'Of an editor');
	await report(db, other, { id: ofStaff, reason: 'spam' });
	const shown = async (actor: Member) =>
		(await queue.page(db, actor, { tab: 'reported' })).items.map((item) => item.verbs !== null);
	expect(await shown(moderator)).toEqual([true, false]);
	expect(await shown(room.editor)).toEqual([true, true]);
});

test('what waits on an article that was taken back is for editors', async () => {
	const page = await premoderated();
	const id = await say(room.db, room.reader, page, 'Words');
	await write.edit(room.db, room.editor, page.slug, { published: false });
	expect(await all('pending')).toEqual([]);
	expect(await all('pending', room.editor)).toEqual([id]);
	const counted = async (actor: Member) =>
		(await waiting.waitingIn(room.db, actor, 'pending')).count;
	expect([await counted(room.moderator), await counted(room.editor)]).toEqual([0, 1]);
});

test('a moderator of some categories has the cases of those', async () => {
	const { db, reader, other } = room;
	const [here, elsewhere] = [
		await premoderated({ category: 'Harbour' }),
		await premoderated({ category: 'Weather' })
	];
	const [{ categoryId }] = await db.read
		.select({ categoryId: articles.categoryId })
		.from(articles)
		.where(eq(articles.id, here.id));
	const limited: Member = { ...(await member(db, 'moderator')), moderates: [categoryId!] };
	const ids: string[] = [];
	for (const page of [here, elsewhere]) {
		ids.push(await say(db, reader, page, 'Held'));
		await commenting.set(db, room.moderator, page.slug, { state: 'open' });
		const id = await say(db, reader, page, 'Published');
		await set(id, { unreviewed: true });
		await report(db, other, { id, reason: 'spam' });
		ids.push(id);
	}
	for (const tab of queue.TABS) {
		const own = tab === 'pending' ? ids[0] : ids[1];
		expect(await all(tab, limited)).toEqual([own]);
		expect(await all(tab)).toHaveLength(2);
		expect((await waiting.waitingIn(db, limited, tab)).count).toBe(1);
	}
	const nowhere: Member = { ...limited, moderates: [] };
	expect(await all('pending', nowhere)).toEqual([]);
});

test('is for moderators', async () => {
	for (const [actor, status] of [
		[guest(), 401],
		[room.reader, 403]
	] as const) {
		await expectRefusal(queue.page(room.db, actor, { tab: 'pending' }), status);
		await expectRefusal(waiting.desk(room.db, actor), status);
		await expectRefusal(waiting.waitingIn(room.db, actor, 'reported'), status);
	}
	const cursor = Buffer.from('["x"]').toString('base64url');
	const bad = queue.page(room.db, room.moderator, { tab: 'pending', cursor });
	await expectRefusal(bad, 400, 'bad-cursor');
});
