import { and, asc, count, eq, gt, gte, lte } from 'drizzle-orm';
import { touchArticle } from '../comments/counts.ts';
import type { Database, Read } from '../database/database.ts';
import { forUpdate } from '../database/dialect.ts';
import { articles, comments, votes } from '../database/schema.ts';
import { noteMended, type Recount } from './mending.ts';

const AT_ONCE = 1000;

const columns = {
	id: comments.id,
	articleId: comments.articleId,
	score: comments.score,
	imported: comments.importedScore
};

async function votesOf(db: Read, from: string, to: string): Promise<Map<string, number>> {
	const rows = await db
		.select({ id: votes.commentId, count: count() })
		.from(votes)
		.where(and(gte(votes.commentId, from), lte(votes.commentId, to)))
		.groupBy(votes.commentId);
	return new Map(rows.map((row) => [row.id, row.count]));
}

async function mend(db: Database, recount: Recount, articleId: string, id: string): Promise<void> {
	const mended = await db.write(async (tx) => {
		// The article first, like everything that writes to a discussion.
		await forUpdate(
			tx.select({ id: articles.id }).from(articles).where(eq(articles.id, articleId))
		);
		const [row] = await forUpdate(tx.select(columns).from(comments).where(eq(comments.id, id)));
		const is = row.imported + ((await votesOf(tx, id, id)).get(id) ?? 0);
		if (row.score === is) return [];
		await tx.update(comments).set({ score: is }).where(eq(comments.id, id));
		await touchArticle(tx, articleId);
		return [{ what: 'score' as const, id, was: row.score, is }];
	});
	noteMended(recount, mended);
}

/** Adds up the recommendations of every comment. */
export async function recountScores(db: Database, recount: Recount): Promise<void> {
	let last = '';
	for (;;) {
		const rows = await db.read
			.select(columns)
			.from(comments)
			.where(gt(comments.id, last))
			.orderBy(asc(comments.id))
			.limit(AT_ONCE);
		if (rows.length === 0) return;
		last = rows[rows.length - 1].id;
		const given = await votesOf(db.read, rows[0].id, last);
		for (const row of rows) {
			const is = row.imported + (given.get(row.id) ?? 0);
			if (row.score !== is) await mend(db, recount, row.articleId, row.id);
		}
		recount.report.checked.comments += rows.length;
		recount.onChecked(recount.report.checked.comments);
	}
}
