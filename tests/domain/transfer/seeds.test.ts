import { readFileSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { guest } from '#lib/server/actor.ts';
import * as articles from '#lib/server/articles/articles.ts';
import * as bylines from '#lib/server/articles/bylines.ts';
import type { Database } from '#lib/server/database/database.ts';
import { quotes } from '#lib/server/database/schema.ts';
import { importFiles } from '#lib/server/transfer/import.ts';
import { seed } from '../../support/shared.ts';
import { testDatabase } from '../support/database.ts';
import { stored, words, type Stored } from './support.ts';

const tech = seed('tech-news-microsoft-emails.jsonl');
const law = seed('law-microsoft-emails.jsonl');
const SLUG = 'tech-news-microsoft-emails';

interface Page {
	title: string;
	body: string;
	category?: string;
	author?: { name: string; role?: string; bio?: string };
}

/** The records of a page's file: what is compared with is read from there. */
function recordsOf(path: string): Page[] {
	const lines = readFileSync(path, 'utf8').trim().split('\n');
	return lines.map((line) => JSON.parse(line) as Page);
}

describe.skipIf(!tech)('a page with a closed discussion', () => {
	let db: Database;
	let comments: Stored[];
	/** The comments as the file has them. */
	let written: Page[];
	let report: Awaited<ReturnType<typeof importFiles>>;

	beforeAll(async () => {
		db = await testDatabase();
		report = await importFiles(db, [tech!]);
		written = recordsOf(tech!).slice(1);
		comments = await stored(db, SLUG);
	});

	/** The quotes of the comment that the page counts as its nth. */
	const quotesOf = (nth: number) =>
		db.read
			.select()
			.from(quotes)
			.where(eq(quotes.commentId, comments[nth - 1].id));

	test('is imported whole', () => {
		expect(report).toEqual({
			articles: 1,
			comments: 18,
			accounts: 0,
			categories: 0,
			bylines: 0,
			quotes: { exact: 2, altered: 0, unresolved: 1 },
			unchanged: 0,
			skipped: [],
			ignored_fields: 0
		});
	});

	test('keeps the order of its comments, all of them threads of their own', () => {
		expect(comments).toHaveLength(18);
		expect(comments.every((row) => row.listedIn !== null && row.replySeq === null)).toBe(true);
		const quoting = [13, 14, 17];
		for (const [index, comment] of comments.entries()) {
			if (quoting.includes(index + 1)) expect(words(comment)).toMatch(/^\[quote\]\n/);
			else expect(words(comment)).toBe(written[index].body);
		}
	});

	test('finds whom the 13th comment quotes, and where the quote ends', async () => {
		const [quote, ...more] = await quotesOf(13);
		expect(more).toEqual([]);
		expect(quote).toMatchObject({ match: 'exact', sourceCommentId: comments[8].id });
		expect(comments[8].guestName).toBe(written[8].author!.name);
		// Its last line is its writer's own.
		expect(words(comments[12])).toBe(`[quote]\n${written[12].body.split('\n').at(-1)}`);
	});

	test('finds the words that the 14th quotes without a name', async () => {
		expect(await quotesOf(14)).toMatchObject([
			{ match: 'exact', sourceCommentId: comments[10].id, saidBy: '' }
		]);
	});

	test('leaves the 17th without a source', async () => {
		expect(await quotesOf(17)).toMatchObject([
			{ match: 'unresolved', sourceCommentId: null, saidBy: written[16].body.split(' said,')[0] }
		]);
	});

	test('makes a list of the numbered lines of the 15th', () => {
		const html = comments[14].blocks.map((block) => ('html' in block ? block.html : '')).join('');
		expect(html.match(/<ol>/g)).toHaveLength(1);
		expect(html.match(/<li>/g)).toHaveLength(3);
	});

	test('is closed, and says what it shows', async () => {
		const article = await articles.read(db, guest(), SLUG);
		expect(article.commenting.state).toBe('disabled');
		expect(article).toMatchObject({ commentCount: 18, slug: SLUG });
	});

	test('changes nothing when it is imported again', async () => {
		const again = await importFiles(db, [tech!]);
		expect(again).toMatchObject({ articles: 0, comments: 0, unchanged: 19, skipped: [] });
		expect(await stored(db, SLUG)).toEqual(comments);
		expect((await articles.read(db, guest(), SLUG)).commentCount).toBe(18);
	});
});

describe.skipIf(!law)('a page with a section and an author', () => {
	test('makes the category and the byline', async () => {
		const db = await testDatabase();
		const report = await importFiles(db, [law!]);
		expect(report).toMatchObject({ articles: 1, comments: 0, categories: 1, bylines: 1 });
		const article = await articles.read(db, guest(), 'law-microsoft-emails');
		const [{ title, category, author }] = recordsOf(law!);
		expect(article).toMatchObject({ title, category: { name: category } });
		expect(await bylines.list(db)).toMatchObject([author!]);
	});
});
