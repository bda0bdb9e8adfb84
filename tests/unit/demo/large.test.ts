import { describe, expect, test } from 'vitest';
import { check, isReserved } from '#lib/server/accounts/names/names.ts';
import { chanceOf } from '../../../src/demo/large/chance.ts';
import { madeNames } from '../../../src/demo/large/names.ts';
import { articleSizes, peopleFor } from '../../../src/demo/large/sizes.ts';
import { madeTexts } from '../../../src/demo/large/texts.ts';
import { discussionOf, type Made } from '../../../src/demo/large/threads.ts';
import { idMaker } from '#lib/server/ids.ts';

describe('chance', () => {
	test('is the same for the same seed, and spread', () => {
		const draw = (seed: number) => {
			const chance = chanceOf(seed);
			return Array.from({ length: 1000 }, () => chance.share());
		};
		expect(draw(1)).toEqual(draw(1));
		expect(draw(1)).not.toEqual(draw(2));
		const mean = draw(1).reduce((sum, share) => sum + share) / 1000;
		expect(mean).toBeGreaterThan(0.45);
		expect(mean).toBeLessThan(0.55);
	});
});

describe('sizes', () => {
	test.each([0, 1, 10, 500, 12_345, 1_000_000])('add up to %i', (comments) => {
		const sizes = articleSizes(comments, false);
		expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(comments);
		expect(sizes.every((size) => size >= 0)).toBe(true);
		expect(articleSizes(comments, true)).toEqual([comments]);
	});

	test('have a heavy tail', () => {
		const sizes = articleSizes(1_000_000, false);
		const top = sizes.slice(0, Math.ceil(sizes.length / 100));
		expect(top.reduce((sum, size) => sum + size, 0)).toBeGreaterThan(500_000);
	});

	test('have people for them, not too many', () => {
		expect([peopleFor(1), peopleFor(1e5), peopleFor(1e7)]).toEqual([50, 2500, 50_000]);
	});
});

test('names are all different to the eye, and may be', () => {
	const names = [...madeNames(50_000, new Set())];
	expect(new Set(names.map(({ skeleton }) => skeleton)).size).toBe(50_000);
	for (const { name, key, skeleton } of names.filter((_, at) => at % 97 === 0)) {
		expect(check(name)).toEqual({ name, key, skeleton });
		expect(isReserved(name)).toBe(false);
	}
});

describe('a discussion', () => {
	const now = new Date('2024-06-01T12:00:00Z');
	const chance = chanceOf(7);
	const material = {
		chance,
		texts: madeTexts(chance),
		writers: Array.from({ length: 60 }, (_, at) => ({ id: `writer${at}`, name: `Writer ${at}` })),
		idAt: idMaker(),
		now
	};
	const publishedAt = new Date('2024-05-20T12:00:00Z');
	const made: Made[] = [
		...discussionOf(material, { articleId: 'a', publishedAt, endsAt: now, size: 5000 })
	];
	const rows = made.map(({ comment }) => comment);
	const byId = new Map(rows.map((row) => [row.id, row]));

	test('has the size asked for, its ids in the order of time', () => {
		expect(rows).toHaveLength(5000);
		const byTime = rows.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
		expect(rows.every(({ createdAt }) => createdAt >= publishedAt && createdAt <= now)).toBe(true);
		const times = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map((row) => row.createdAt);
		expect(times).toEqual(byTime.map((row) => row.createdAt));
	});

	test('numbers replies under their roots without a gap, and counts them', () => {
		const threads = Map.groupBy(rows, (row) => row.rootId);
		for (const [rootId, [root, ...replies]] of threads) {
			expect(root.id).toBe(rootId);
			expect(root.replyCount).toBe(replies.length);
			expect(replies.map((row) => row.replySeq)).toEqual(replies.map((_, at) => at + 1));
		}
		const sizes = [...threads.values()].map((thread) => thread.length);
		expect(sizes.filter((size) => size === 1).length).toBeGreaterThan(sizes.length / 3);
		expect(Math.max(...sizes)).toBeGreaterThan(50);
	});

	test('has replies under earlier comments of their thread', () => {
		for (const row of rows) {
			if (!row.parentId) continue;
			const parent = byId.get(row.parentId)!;
			expect(parent.rootId).toBe(row.rootId);
			expect(row.depth).toBe(parent.depth! + 1);
			expect(parent.id < row.id).toBe(true);
		}
	});

	test('quotes what is said above, word for word', () => {
		const quotes = made.flatMap(({ quote }) => quote ?? []);
		expect(quotes.length).toBeGreaterThan(100);
		for (const quote of quotes) {
			const words = (row: { body: unknown }) => JSON.stringify(row.body);
			const source = byId.get(quote.sourceCommentId!)!;
			const [segment] = quote.body;
			const text = 'text' in segment ? segment.text : '';
			expect(words(source)).toContain(JSON.stringify(text).slice(1, -1));
			expect(byId.get(quote.commentId)!.body[0]).toEqual({ quote: quote.id });
		}
	});

	test('has a few that are not shown', () => {
		const statuses = new Set(rows.map((row) => row.status));
		expect(statuses).toContain('removed');
		expect(statuses).toContain('deleted');
		for (const row of rows.filter(({ status }) => status === 'pending')) {
			expect(row.listedIn).toBeNull();
		}
	});
});
