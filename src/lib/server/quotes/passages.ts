import { and, asc, eq, gt, inArray, isNotNull, sql, type SQL } from 'drizzle-orm';
import type { Actor } from '../actor.ts';
import { present, type PresentedArticle } from '../comments/present.ts';
import { selectComments } from '../comments/rows.ts';
import type { CommentView } from '../comments/view.ts';
import { decodeCursor, encodeCursor, takePage } from '../cursors.ts';
import type { Read } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { comments, quotes } from '../database/schema.ts';
import { isId } from '../ids.ts';
import { PASSAGE_KEY } from '../text/passages.ts';
import { COUNTED_MOST } from './backlinks.ts';

// Where each passage of rendered HTML begins; that of code is inside `pre`.
const BEGINNING = new RegExp(
	`<(?:pre><)?[a-z][a-z0-9]*(?: start="\\d+")? id="p-(${PASSAGE_KEY})">`,
	'g'
);
// A line across belongs to what comes after it.
const RULES_AFTER = /(?:<hr>\s*)+$/;
// Further down nobody is told; a database takes so many values at once.
const MOST_PASSAGES = 1000;
const PAGE = 30;

/** A piece of an article's HTML, with the passage that it ends and how many comments quote that. */
export interface BodyPiece {
	html: string;
	passage: { key: string; count: number } | null;
}

/** The comments of an article's discussion that quote a passage of it now. */
function quoting(db: Read, articleId: string, passage: SQL | string, after = '') {
	return db
		.selectDistinct({ id: quotes.commentId })
		.from(quotes)
		.innerJoin(comments, eq(comments.id, quotes.commentId))
		.where(
			and(
				eq(quotes.sourceArticleId, articleId),
				eq(quotes.passage, passage),
				gt(quotes.commentId, after),
				eq(quotes.standing, true),
				eq(comments.status, 'published'),
				eq(comments.articleId, articleId)
			)
		)
		.$dynamic();
}

// Every reading of an article asks, and mostly there is nothing to count.
const anyQuote = prepared((db: Read) =>
	db
		.select({ id: quotes.id })
		.from(quotes)
		.where(and(eq(quotes.sourceArticleId, sql.placeholder('article')), isNotNull(quotes.passage)))
		.limit(1)
		.prepare('article_quoted')
);

async function isQuoted(db: Read, articleId: string): Promise<boolean> {
	return (await anyQuote(db).execute({ article: articleId })).length > 0;
}

async function counts(db: Read, articleId: string, keys: string[]): Promise<Map<string, number>> {
	const wanted = sql.join(
		keys.map((key) => sql`(${key})`),
		sql`, `
	);
	const some = quoting(db, articleId, sql`wanted.column1`)
		.limit(COUNTED_MOST)
		.as('some');
	const rows = await db
		.select({
			key: sql<string>`wanted.column1`,
			count: sql`(select count(*) from ${some})`.mapWith(Number)
		})
		.from(sql`(values ${wanted}) as wanted`);
	return new Map(rows.map((row) => [row.key, row.count]));
}

/**
 * An article's HTML, cut after each passage that comments of its discussion quote; at most
 * `COUNTED_MOST` are counted for each. Whether the discussion may be seen is for the caller to ask.
 */
export async function split(
	db: Read,
	article: { id: string; bodyHtml: string }
): Promise<BodyPiece[]> {
	const { id, bodyHtml } = article;
	const places = [...bodyHtml.matchAll(BEGINNING)].slice(0, MOST_PASSAGES);
	if (places.length === 0 || !(await isQuoted(db, id))) return [{ html: bodyHtml, passage: null }];
	const found = await counts(
		db,
		id,
		places.map(([, key]) => key)
	);
	const pieces: BodyPiece[] = [];
	let from = 0;
	for (const [index, { 1: key }] of places.entries()) {
		const count = found.get(key) ?? 0;
		if (count === 0) continue;
		const html = bodyHtml.slice(from, places[index + 1]?.index).replace(RULES_AFTER, '');
		pieces.push({ html, passage: { key, count } });
		from += html.length;
	}
	if (from < bodyHtml.length) pieces.push({ html: bodyHtml.slice(from), passage: null });
	return pieces;
}

/**
 * The published comments of an article's discussion that quote a passage of it now, oldest first. Whether
 * the discussion may be seen is for the caller to ask.
 * @throws {Refusal} 400 for a bad cursor.
 */
export async function list(
	db: Read,
	actor: Actor,
	article: PresentedArticle,
	key: string,
	{ cursor, limit = PAGE }: { cursor?: string | null; limit?: number } = {}
): Promise<{ items: CommentView[]; next: string | null }> {
	const after = cursor
		? decodeCursor<[string]>(cursor, (parts): parts is [string] => isId(parts[0]))[0]
		: undefined;
	const found = await quoting(db, article.id, key, after)
		.orderBy(asc(quotes.commentId))
		.limit(limit + 1);
	const { items, more } = takePage(found, limit);
	if (items.length === 0) return { items: [], next: null };
	const ids = items.map((row) => row.id);
	const rows = await selectComments(db).where(inArray(comments.id, ids)).orderBy(asc(comments.id));
	return {
		items: await present(db, actor, article, rows),
		next: more ? encodeCursor([ids[ids.length - 1]]) : null
	};
}
