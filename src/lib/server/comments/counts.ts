import { asc, eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '../database/database.ts';
import { forUpdate } from '../database/dialect.ts';
import { accounts, articles, comments } from '../database/schema.ts';

/** Raises an article's revision, and its count of published comments by `change`. */
export async function touchArticle(tx: Tx, articleId: string, change = 0): Promise<void> {
	await tx
		.update(articles)
		.set({
			revision: sql`${articles.revision} + 1`,
			commentCount: sql`${articles.commentCount} + ${change}`
		})
		.where(eq(articles.id, articleId));
}

/** Raises the revisions of articles. */
export async function touchArticles(tx: Tx, ids: string[]): Promise<void> {
	if (ids.length === 0) return;
	await tx
		.update(articles)
		.set({ revision: sql`${articles.revision} + 1` })
		.where(inArray(articles.id, ids));
}

/** Raises the revisions of accounts: what their pages show has changed. */
export async function touchAccounts(tx: Tx, ids: (string | null)[]): Promise<void> {
	const known = [...new Set(ids.filter((id) => id !== null))];
	if (known.length === 0) return;
	const those = inArray(accounts.id, known);
	// One order of locking for everybody, so that no two wait for each other.
	if (known.length > 1) {
		const locked = tx.select({ id: accounts.id }).from(accounts).where(those);
		await forUpdate(locked.orderBy(asc(accounts.id)));
	}
	await tx
		.update(accounts)
		.set({ revision: sql`${accounts.revision} + 1` })
		.where(those);
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
