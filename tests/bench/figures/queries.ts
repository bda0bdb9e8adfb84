import { asc, eq } from 'drizzle-orm';
import { selectComments } from '#lib/server/comments/rows.ts';
import * as threads from '#lib/server/comments/threads.ts';
import { open } from '#lib/server/database/open.ts';
import { articles, comments } from '#lib/server/database/schema.ts';
import { discussion } from '../support/discussion.ts';
import { atLeast, median, type Figure } from '../support/figure.ts';

const ROUNDS = 31;
const QUERIES = 200;
const ROOTS = 30;

/** Milliseconds of a number of queries, one after the other. */
async function timed(query: () => Promise<unknown>): Promise<number> {
	const start = performance.now();
	for (let n = 0; n < QUERIES; n++) await query();
	return performance.now() - start;
}

/**
 * `query.prepared`: what reading the roots of a discussion takes where the query is built and prepared each time, as a
 * multiple of what it takes as it is done, with a statement that is there.
 */
export async function figures(): Promise<Figure[]> {
	const { url, slug } = await discussion(50);
	const db = await open(url);
	const [{ id }] = await db.read
		.select({ id: articles.id })
		.from(articles)
		.where(eq(articles.slug, slug));
	const built = () =>
		selectComments(db.read)
			.where(eq(comments.listedIn, id))
			.orderBy(asc(comments.id))
			.limit(ROOTS + 1);
	const prepared = () => threads.roots(db.read, id, { sort: 'oldest', from: null, limit: ROOTS });
	const ratios: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		const least = await timed(prepared);
		ratios.push((await timed(built)) / least);
	}
	await db.close();
	return [atLeast('query.prepared', 1.5, median(ratios))];
}
