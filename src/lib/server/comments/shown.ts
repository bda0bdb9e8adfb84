import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm';
import type { Read, Tx } from '../database/database.ts';
import { forUpdate } from '../database/dialect.ts';
import { articles, comments, quotes } from '../database/schema.ts';
import * as site from '../site/site.ts';
import { touchAccounts, touchArticles } from './counts.ts';

/** A comment whose words may show in other places than its own. */
export interface Shown {
	id: string;
	articleId: string;
	authorId: string | null;
}

/** Where else a comment shows: in articles, and on the pages of people, that quote it. */
interface Elsewhere {
	articles: string[];
	accounts: string[];
	/** More than are worth listing. */
	veryMany: boolean;
}

// A change that shows in more places than this is one of the whole site.
const VERY_MANY = 200;

async function elsewhere(db: Read, { id, articleId }: Shown): Promise<Elsewhere> {
	const rows = await db
		.selectDistinct({ article: comments.articleId, author: comments.authorId })
		.from(quotes)
		.innerJoin(comments, eq(comments.id, quotes.commentId))
		.where(eq(quotes.sourceCommentId, id))
		.limit(VERY_MANY + 1);
	if (rows.length > VERY_MANY) return { articles: [], accounts: [], veryMany: true };
	const others = rows.map((row) => row.article).filter((article) => article !== articleId);
	return { articles: others, accounts: rows.flatMap((row) => row.author ?? []), veryMany: false };
}

/**
 * Locks what a change of a comment touches: its article and those that quote it, in one order for
 * everybody, so that no two changes wait for each other; then the comment itself, so that whoever
 * quotes it now has done so before or sees the change.
 */
export async function lock(tx: Tx, comment: Shown): Promise<void> {
	const ids = [comment.articleId, ...(await elsewhere(tx, comment)).articles];
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
 * Raises the revisions of all pages that show a locked comment but its own article's: its author's,
 * and wherever it is quoted.
 */
export async function touch(tx: Tx, comment: Shown): Promise<void> {
	const where = await elsewhere(tx, comment);
	await touchArticles(tx, where.articles);
	await touchAccounts(tx, [comment.authorId, ...where.accounts]);
	if (where.veryMany) await site.touch(tx);
}

/** Raises the revisions of the pages that name whom a comment's replies answer: those of their authors. */
export async function touchAnswering(tx: Tx, comment: Shown & { rootId: string }): Promise<void> {
	const rows = await tx
		.selectDistinct({ author: comments.authorId })
		.from(comments)
		.where(
			and(
				eq(comments.rootId, comment.rootId),
				eq(comments.parentId, comment.id),
				isNotNull(comments.authorId)
			)
		)
		.limit(VERY_MANY + 1);
	if (rows.length > VERY_MANY) await site.touch(tx);
	else
		await touchAccounts(
			tx,
			rows.map((row) => row.author)
		);
}
