import { eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '../database/database.ts';
import { accounts, articles, comments } from '../database/schema.ts';

/** Raises an article's revision, and its count of published comments by `change`; gives the new revision. */
export async function touchArticle(tx: Tx, articleId: string, change = 0): Promise<number> {
	const [{ revision }] = await tx
		.update(articles)
		.set({
			revision: sql`${articles.revision} + 1`,
			commentCount: sql`${articles.commentCount} + ${change}`
		})
		.where(eq(articles.id, articleId))
		.returning({ revision: articles.revision });
	return revision;
}

/** Raises the revisions of articles. */
export async function touchArticles(tx: Tx, ids: string[]): Promise<void> {
	if (ids.length === 0) return;
	await tx
		.update(articles)
		.set({ revision: sql`${articles.revision} + 1` })
		.where(inArray(articles.id, ids));
}

/** Raises the revision of an account: what its page lists has changed. */
export async function touchAccount(tx: Tx, accountId: string | null): Promise<void> {
	if (accountId === null) return;
	await tx
		.update(accounts)
		.set({ revision: sql`${accounts.revision} + 1` })
		.where(eq(accounts.id, accountId));
}

/** Gives out the next number under a root. */
export async function nextReplySeq(tx: Tx, rootId: string): Promise<number> {
	const [row] = await tx
		.update(comments)
		.set({ replyCount: sql`${comments.replyCount} + 1` })
		.where(eq(comments.id, rootId))
		.returning({ seq: comments.replyCount });
	return row.seq;
}
