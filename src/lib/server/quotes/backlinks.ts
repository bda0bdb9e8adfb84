import { and, eq, inArray, sql, type SQL } from 'drizzle-orm';
import type { Actor } from '../actor.ts';
import { now } from '../clock.ts';
import { seenBy } from '../comments/access.ts';
import { alias } from '../database/columns.ts';
import type { Read } from '../database/database.ts';
import { articles, comments, quotes } from '../database/schema.ts';

/** Nobody counts further than this; more reads "99+". */
export const COUNTED_MOST = 100;

// The quoted comments are `comments`.
const quoting = alias(comments, 'quoting');

/** The ids of published comments that quote something now, as far as the actor may see them; add `orderBy` and `limit`. */
export function quotingNow(db: Read, actor: Actor, what: SQL | undefined) {
	return db
		.selectDistinct({ id: quotes.commentId })
		.from(quotes)
		.innerJoin(quoting, eq(quoting.id, quotes.commentId))
		.innerJoin(articles, eq(articles.id, quoting.articleId))
		.where(
			and(what, eq(quotes.standing, true), eq(quoting.status, 'published'), seenBy(actor, now()))
		)
		.$dynamic();
}

/** How many comments quote each of these now, in one query; at most `COUNTED_MOST` each. */
export async function counts(db: Read, actor: Actor, ids: string[]): Promise<Map<string, number>> {
	if (ids.length === 0) return new Map();
	const some = quotingNow(db, actor, eq(quotes.sourceCommentId, comments.id)).limit(COUNTED_MOST);
	const rows = await db
		.select({
			id: comments.id,
			count: sql`(select count(*) from ${some.as('some')})`.mapWith(Number)
		})
		.from(comments)
		.where(inArray(comments.id, ids));
	return new Map(rows.map((row) => [row.id, row.count]));
}
