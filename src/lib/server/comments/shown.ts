import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Read, Tx } from '../database/database.ts';
import { forUpdate } from '../database/dialect.ts';
import { listOf } from '../database/placeholders.ts';
import { prepared } from '../database/prepared.ts';
import { articles, comments, quotes } from '../database/schema.ts';
import * as site from '../site/site.ts';
import type { NewQuote } from './compose.ts';
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
async function quotedIn(db: Read, { id, articleId }: Shown): Promise<string[] | null> {
	const rows = await db
		.selectDistinct({ id: comments.articleId })
		.from(quotes)
		.innerJoin(comments, eq(comments.id, quotes.commentId))
		.where(and(eq(quotes.sourceCommentId, id), ne(comments.articleId, articleId)))
		.limit(VERY_MANY + 1);
	return rows.length > VERY_MANY ? null : rows.map((row) => row.id);
}

/** The other articles of the comments that a comment quotes, which say by how many they are quoted. */
async function quotedFrom(db: Read, { id, articleId }: Shown): Promise<string[]> {
	const rows = await db
		.selectDistinct({ id: comments.articleId })
		.from(quotes)
		.innerJoin(comments, eq(comments.id, quotes.sourceCommentId))
		.where(and(eq(quotes.commentId, id), ne(comments.articleId, articleId)));
	return rows.map((row) => row.id);
}

// As many as most comments quote; of more, so many at once.
const some = listOf(5);
const articlesOfSome = prepared((db: Read) =>
	db
		.selectDistinct({ id: comments.articleId })
		.from(comments)
		.where(and(some.has(comments.id), ne(comments.articleId, sql.placeholder('article'))))
		.prepare('other_articles_of')
);

/** The other articles of the comments that new quotes are from. */
async function sourcesOf(db: Read, article: string, added: NewQuote[]): Promise<string[]> {
	const ids = added.flatMap((quote) => quote.sourceCommentId ?? []);
	const query = articlesOfSome(db);
	const rows = await some.all(ids, (values) => query.execute({ article, ...values }));
	return [...new Set(rows.map((row) => row.id))];
}

/** Locks articles in one order for everybody, so that no two changes wait for each other. */
async function lockArticles(tx: Tx, ids: string[]): Promise<void> {
	await forUpdate(
		tx
			.select({ id: articles.id })
			.from(articles)
			.where(inArray(articles.id, ids))
			.orderBy(asc(articles.id))
	);
}

/**
 * Locks what a new comment touches beside its place in its discussion: the articles whose comments it
 * quotes, with its own. Gives those others.
 */
export async function lockSources(tx: Tx, articleId: string, added: NewQuote[]): Promise<string[]> {
	const others = await sourcesOf(tx, articleId, added);
	if (others.length > 0) await lockArticles(tx, [articleId, ...others]);
	return others;
}

/**
 * Locks what a change of a comment touches: its article, those that quote it and those that it quotes
 * (also by quotes that are added); then the comment itself, so that whoever quotes it now has done so
 * before or sees the change.
 */
export async function lock(tx: Tx, comment: Shown, added: NewQuote[] = []): Promise<void> {
	await lockArticles(tx, [
		comment.articleId,
		...((await quotedIn(tx, comment)) ?? []),
		...(await quotedFrom(tx, comment)),
		...(await sourcesOf(tx, comment.articleId, added))
	]);
	await forUpdate(
		tx.select({ id: comments.id }).from(comments).where(eq(comments.id, comment.id)),
		{ againstReferences: true }
	);
}

/**
 * Raises the revisions of what shows a locked comment beside its own article: its author's page, the
 * articles that quote it, and those whose comments it quotes.
 */
export async function touch(tx: Tx, comment: Shown): Promise<void> {
	const others = await quotedIn(tx, comment);
	if (others === null) await site.touch(tx);
	await touchArticles(tx, [...(others ?? []), ...(await quotedFrom(tx, comment))]);
	await touchAccount(tx, comment.authorId);
}
