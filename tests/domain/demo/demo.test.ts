import { eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { generate } from '../../../src/demo/large/generate.ts';
import { loadDemo, type DemoReport } from '../../../src/demo/load.ts';
import { demo } from '../../../src/demo/content.ts';
import { actorOf, byName } from '#lib/server/accounts/accounts.ts';
import { signIn } from '#lib/server/accounts/credentials.ts';
import { guest, system } from '#lib/server/actor.ts';
import * as articlesOf from '#lib/server/articles/articles.ts';
import * as threads from '#lib/server/comments/threads.ts';
import type { Database } from '#lib/server/database/database.ts';
import { accounts, articles, comments, quotes, votes } from '#lib/server/database/schema.ts';
import * as follows from '#lib/server/follows/follows.ts';
import * as log from '#lib/server/moderation/log.ts';
import * as reported from '#lib/server/moderation/reported.ts';
import * as notifications from '#lib/server/notifications/notifications.ts';
import { recount } from '#lib/server/repair/recount.ts';
import * as site from '#lib/server/site/site.ts';
import { testDatabase } from '../support/database.ts';

describe('the demo newsroom', () => {
	let db: Database;
	let report: DemoReport;

	beforeAll(async () => {
		db = await testDatabase();
		report = await loadDemo(db);
	});

	test('is here, under its own name', async () => {
		const written = demo.articles.flatMap((article) => article.comments);
		expect(report).toMatchObject({ articles: demo.articles.length, comments: written.length });
		expect(await site.read(db.read)).toMatchObject({ name: demo.name });
		expect((await recount(db)).wrong).toBe(0);
	});

	test('lets one person of each role sign in, and nobody else', async () => {
		expect(report.sign_ins.map(({ role }) => role)).toEqual([
			'reader',
			'moderator',
			'editor',
			'admin'
		]);
		for (const { role, name, email, password } of report.sign_ins) {
			expect(await signIn(db, guest(), { name, password })).toMatchObject({ name, role });
			expect(await signIn(db, guest(), { name: email, password })).toMatchObject({ name });
		}
		const able = await db.read.$count(accounts, sql`${accounts.passwordHash} is not null`);
		expect(able).toBe(4);
	});

	test('has new passwords each time', async () => {
		const other = await loadDemo(await testDatabase());
		const passwords = [...report.sign_ins, ...other.sign_ins].map(({ password }) => password);
		expect(new Set(passwords).size).toBe(8);
	});

	test('has its articles newest first, in their states, with the reason', async () => {
		const { items } = await articlesOf.latest(db, guest(), { limit: 20 });
		expect(items.map(({ slug }) => slug)).toEqual(demo.articles.map(({ slug }) => slug));
		for (const { slug, commenting, commentingReason } of demo.articles) {
			const article = await articlesOf.read(db, guest(), slug);
			expect(article.commenting.state).toBe(commenting);
			expect(article.commenting.note).toBe(commentingReason ?? '');
		}
	});

	test('has every quote as it was meant', async () => {
		const misquoted = demo.articles.flatMap((article) =>
			article.comments.flatMap((comment) => comment.misquotes ?? [])
		);
		const count = (match: 'exact' | 'altered' | 'unresolved') =>
			db.read.$count(quotes, eq(quotes.match, match));
		expect(await count('altered')).toBe(misquoted.length);
		expect(await count('unresolved')).toBe(1);
		expect(await count('exact')).toBeGreaterThan(25);
	});

	test('has its recommendations, edits and decisions', async () => {
		const written = demo.articles.flatMap((article) => article.comments);
		const given = written.reduce((sum, comment) => sum + (comment.recommendedBy?.length ?? 0), 0);
		expect(await db.read.$count(votes)).toBe(given);
		const edited = written.filter((comment) => comment.earlierBody !== undefined);
		expect(await db.read.$count(comments, sql`${comments.revision} > 1`)).toBe(edited.length);
		const { items } = await log.page(db, { kind: 'comment.remove' });
		const reasons = written.flatMap((comment) => comment.reason ?? []);
		expect(items.map(({ reason }) => reason).toSorted()).toEqual(reasons.toSorted());
	});

	test('has something for its reader to look at, and for its moderator', async () => {
		const [reader, moderator] = await Promise.all(
			report.sign_ins.slice(0, 2).map(async ({ name }) => {
				return actorOf((await byName(db.read, name))!, null);
			})
		);
		expect(await follows.list(db, reader)).toHaveLength(1);
		const { items } = await notifications.list(db, reader);
		expect(new Set(items.map(({ kind }) => kind))).toEqual(new Set(['reply', 'followed']));
		const unread = await notifications.unread(db, reader);
		expect(unread).toBeGreaterThanOrEqual(2);
		expect(unread).toBeLessThan(items.length);
		const reports = await reported.open(db, moderator);
		expect(reports.items).toHaveLength(1);
		expect(reports.items[0].reports[0].reason).toBe('misquotes-me');
	});

	test('goes into an empty database only', async () => {
		await expect(loadDemo(db)).rejects.toMatchObject({ status: 409, code: 'not-empty' });
	});
});

describe('a generated site', () => {
	const COMMENTS = 6000;
	let db: Database;

	beforeAll(async () => {
		db = await testDatabase();
		await loadDemo(db);
		await generate(db, { comments: COMMENTS });
	});

	test('has the comments asked for, with counts that are right', async () => {
		const own = demo.articles.flatMap((article) => article.comments).length;
		expect(await db.read.$count(comments)).toBe(COMMENTS + own);
		const report = await recount(db);
		expect(report).toMatchObject({ wrong: 0, checked: { comments: COMMENTS + own } });
	});

	test('has articles of very different sizes, the newsroom still on top', async () => {
		const rows = await db.read.select({ count: articles.commentCount }).from(articles);
		expect(rows.length).toBeGreaterThan(40);
		const sizes = rows.map(({ count }) => count).sort((a, b) => b - a);
		expect(sizes[0]).toBeGreaterThan(COMMENTS / 12);
		const { items } = await articlesOf.latest(db, guest(), { limit: demo.articles.length });
		expect(items.map(({ slug }) => slug)).toEqual(demo.articles.map(({ slug }) => slug));
	});

	test('is read like any other', async () => {
		const { items } = await articlesOf.latest(db, guest(), { limit: 100 });
		const busiest = items.toSorted((a, b) => b.commentCount - a.commentCount)[0];
		const article = await articlesOf.read(db, guest(), busiest.slug);
		const { staffMaySpeak } = article.discussion;
		const presented = { ...article, staffMaySpeak, state: article.commenting.state };
		const page = await threads.page(db, system, presented, { sort: 'newest' });
		expect(page.threads.length).toBeGreaterThan(10);
		const blocks = page.threads.flatMap(({ root, replies }) => [root, ...replies]);
		expect(blocks.some((comment) => comment.blocks?.some((block) => 'quote' in block))).toBe(true);
	});

	test('can be one discussion', async () => {
		const one = await testDatabase();
		await loadDemo(one);
		const made = await generate(one, { comments: 1500, inOneArticle: true });
		expect(made).toEqual({ articles: 1, comments: 1500 });
		const rows = await one.read.select({ count: articles.commentCount }).from(articles);
		expect(Math.max(...rows.map(({ count }) => count))).toBeGreaterThan(1400);
		expect((await recount(one)).wrong).toBe(0);
	});

	test('is the same for the same seed', async () => {
		const words = async (seed: number) => {
			const made = await testDatabase();
			await loadDemo(made);
			await generate(made, { comments: 300, seed });
			const rows = await made.read
				.select({ body: comments.body, depth: comments.depth, seq: comments.replySeq })
				.from(comments)
				.orderBy(comments.id);
			return JSON.stringify(
				rows.map(({ body, ...row }) => [row, body.filter((part) => 'text' in part)])
			);
		};
		const first = await words(3);
		expect((await words(3)) === first).toBe(true);
		expect((await words(4)) === first).toBe(false);
	});
});
