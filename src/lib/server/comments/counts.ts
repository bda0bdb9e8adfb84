import { eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { accounts, articles, comments } from '../database/schema.ts';

const raiseArticle = prepared((tx: Tx) =>
	tx
		.update(articles)
		.set({
			revision: sql`${articles.revision} + 1`,
			commentCount: sql`${articles.commentCount} + ${sql.placeholder('change')}`
		})
		.where(eq(articles.id, sql.placeholder('article')))
		.returning({ revision: articles.revision })
		.prepare('raise_article')
);

/** Raises an article's revision, and its count of published comments by `change`; gives the new revision. */
export async function touchArticle(tx: Tx, articleId: string, change = 0): Promise<number> {
	const [{ revision }] = await raiseArticle(tx).execute({ article: articleId, change });
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

const raiseAccount = prepared((tx: Tx) =>
	tx
		.update(accounts)
		.set({ revision: sql`${accounts.revision} + 1` })
		.where(eq(accounts.id, sql.placeholder('account')))
		.prepare('raise_account')
);

/** Raises the revision of an account: what its page lists has changed. */
export async function touchAccount(tx: Tx, accountId: string | null): Promise<void> {
	if (accountId === null) return;
	await raiseAccount(tx).execute({ account: accountId });
}

const countReply = prepared((tx: Tx) =>
	tx
		.update(comments)
		.set({ replyCount: sql`${comments.replyCount} + 1` })
		.where(eq(comments.id, sql.placeholder('root')))
		.returning({ seq: comments.replyCount })
		.prepare('count_reply')
);

/** Gives out the next number under a root. */
export async function nextReplySeq(tx: Tx, rootId: string): Promise<number> {
	const [row] = await countReply(tx).execute({ root: rootId });
	return row.seq;
}
