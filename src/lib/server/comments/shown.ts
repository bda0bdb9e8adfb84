import { and, asc, eq, inArray, ne } from 'drizzle-orm';
import type { Read, Tx } from '../database/database.ts';
import { forUpdate } from '../database/dialect.ts';
import { articles, comments, quotes } from '../database/schema.ts';
import * as site from '../site/site.ts';
import { touchAccount, touchArticles } from './counts.ts';

/** A comment whose words may show in other places than its own. */
export interface Shown {
	id: string;
	articleId: string;
	authorId: string | null;
}

// A change that shows in more articles than this is one of the whole site.
const VERY_MANY = 200;

/** The other articles in which a comment is quoted; null when they are very many. */
async function elsewhere(db: Read, { id, articleId }: Shown): Promise<string[] | null> {
	const rows = await db
		.selectDistinct({ id: comments.articleId })
		.from(quotes)
		.innerJoin(comments, eq(comments.id, quotes.commentId))
		.where(and(eq(quotes.sourceCommentId, id), ne(comments.articleId, articleId)))
		.limit(VERY_MANY + 1);
	return rows.length > VERY_MANY ? null : rows.map((row) => row.id);
}

/**
 * Locks what a change of a comment touches: its article and those that quote it, in one order for
 * everybody, so that no two changes wait for each other; then the comment itself, so that whoever
 * quotes it now has done so before or sees the change.
 */
export async function lock(tx: Tx, comment: Shown): Promise<void> {
	const ids = [comment.articleId, ...((await elsewhere(tx, comment)) ?? [])];
	await forUpdate(
		tx
			.select({ id: articles.id })
			.from(articles)
			.where(inArray(articles.id, ids))
			.orderBy(asc(articles.id))
	);
	await forUpdate(
		tx.select({ id: comments.id }).from(comments).where(eq(comments.id, comment.id)),
		{ againstReferences: true }
	);
}

/**
 * Raises the revisions of what shows a locked comment beside its own article: its author's page, and
 * the articles that quote it.
 */
export async function touch(tx: Tx, comment: Shown): Promise<void> {
	const others = await elsewhere(tx, comment);
	if (others === null) await site.touch(tx);
	else await touchArticles(tx, others);
	await touchAccount(tx, comment.authorId);
}
