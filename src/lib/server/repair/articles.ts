import { and, asc, count, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Database, Read } from '../database/database.ts';
import { forUpdate } from '../database/dialect.ts';
import { articles, comments } from '../database/schema.ts';
import { noteMended, type Recount } from './mending.ts';

const AT_ONCE = 200;

async function published(db: Read, ids: string[]): Promise<Map<string, number>> {
	const rows = await db
		.select({ id: comments.articleId, count: count() })
		.from(comments)
		.where(and(inArray(comments.articleId, ids), eq(comments.status, 'published')))
		.groupBy(comments.articleId);
	return new Map(rows.map((row) => [row.id, row.count]));
}

async function mend(db: Database, recount: Recount, id: string): Promise<void> {
	const mended = await db.write(async (tx) => {
		const [row] = await forUpdate(
			tx.select({ count: articles.commentCount }).from(articles).where(eq(articles.id, id))
		);
		const is = (await published(tx, [id])).get(id) ?? 0;
		if (row.count === is) return [];
		await tx
			.update(articles)
			.set({ commentCount: is, revision: sql`${articles.revision} + 1` })
			.where(eq(articles.id, id));
		return [{ what: 'comment count' as const, id, was: row.count, is }];
	});
	noteMended(recount, mended);
}

/** Counts the published comments of every article. */
export async function recountArticles(db: Database, recount: Recount): Promise<void> {
	let last = '';
	for (;;) {
		const rows = await db.read
			.select({ id: articles.id, count: articles.commentCount })
			.from(articles)
			.where(gt(articles.id, last))
			.orderBy(asc(articles.id))
			.limit(AT_ONCE);
		if (rows.length === 0) return;
		const ids = rows.map((row) => row.id);
		const counts = await published(db.read, ids);
		for (const row of rows) {
			if (row.count !== (counts.get(row.id) ?? 0)) await mend(db, recount, row.id);
		}
		recount.report.checked.articles += rows.length;
		last = ids[ids.length - 1];
	}
}
