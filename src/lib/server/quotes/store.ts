import { and, eq, ne, sql } from 'drizzle-orm';
import type { NewQuote, QuoteRow } from '../comments/compose.ts';
import type { Read, Tx } from '../database/database.ts';
import { articles, comments, quotes } from '../database/schema.ts';

/** Every quote that a comment has or had. */
export async function ofComment(db: Read, commentId: string): Promise<QuoteRow[]> {
	return db.select().from(quotes).where(eq(quotes.commentId, commentId));
}

/** Stores a comment's new quotes. */
export async function add(tx: Tx, commentId: string, rows: NewQuote[]): Promise<void> {
	if (rows.length > 0) await tx.insert(quotes).values(rows.map((row) => ({ ...row, commentId })));
}

/**
 * Raises the revision of every other article in which a comment is quoted: what its quotes show has
 * changed there too.
 */
export async function raiseQuoting(tx: Tx, commentId: string, articleId: string): Promise<void> {
	const rows = await tx
		.selectDistinct({ id: comments.articleId })
		.from(quotes)
		.innerJoin(comments, eq(comments.id, quotes.commentId))
		.where(and(eq(quotes.sourceCommentId, commentId), ne(comments.articleId, articleId)));
	for (const { id } of rows) {
		await tx
			.update(articles)
			.set({ revision: sql`${articles.revision} + 1` })
			.where(eq(articles.id, id));
	}
}
