import { and, asc, count, eq, gt, inArray, isNotNull, min, sql } from 'drizzle-orm';
import { atLeast, requireRole, type Actor } from '../actor.ts';
import { presentMixed } from '../comments/comments.ts';
import { selectWithArticles } from '../comments/rows.ts';
import type { CommentView } from '../comments/view.ts';
import { decodeCursor, encodeCursor, takePage } from '../cursors.ts';
import type { Database } from '../database/database.ts';
import { articles, comments } from '../database/schema.ts';
import { isId } from '../ids.ts';

const PAGE = 30;
// Written out, because a partial index is found by its own words only.
const isPending = sql`${comments.status} = 'pending'`;

/** Drafts, and so what waits on an article that was taken back, are not for moderators. */
function forActor(actor: Actor) {
	return atLeast(actor, 'editor') ? undefined : isNotNull(articles.publishedAt);
}

/** How much waits, and since when the oldest of it does. */
export interface Waiting {
	count: number;
	oldest: Date | null;
}

/** What waits for a moderator. @throws {Refusal} 401 or 403 below moderator */
export async function waiting(db: Database, actor: Actor): Promise<Waiting> {
	requireRole(actor, 'moderator');
	const [row] = await db.read
		.select({ count: count(), oldest: min(comments.createdAt) })
		.from(comments)
		.innerJoin(articles, eq(articles.id, comments.articleId))
		.where(and(isPending, forActor(actor)));
	return row;
}

/**
 * Comments that wait for a moderator, those that wait longest first.
 * @throws {Refusal} 401 or 403 below moderator, 400 for a bad cursor.
 */
export async function pending(
	db: Database,
	actor: Actor,
	input: { cursor?: string | null } = {}
): Promise<{ items: CommentView[]; next: string | null }> {
	requireRole(actor, 'moderator');
	const after = input.cursor
		? decodeCursor<[string]>(input.cursor, (parts): parts is [string] => isId(parts[0]))[0]
		: undefined;
	const rows = await selectWithArticles(db.read)
		.where(
			and(isPending, forActor(actor), after === undefined ? undefined : gt(comments.id, after))
		)
		.orderBy(asc(comments.id))
		.limit(PAGE + 1);
	const { items, more } = takePage(rows, PAGE);
	return {
		items: await presentMixed(db.read, actor, items),
		next: more ? encodeCursor([items[items.length - 1].id]) : null
	};
}

/** The comments that these reply to, by id: what somebody who decides has to read as well. */
export async function parents(
	db: Database,
	actor: Actor,
	items: Pick<CommentView, 'parentId'>[]
): Promise<Map<string, CommentView>> {
	requireRole(actor, 'moderator');
	const ids = new Set(items.flatMap(({ parentId }) => parentId ?? []));
	if (ids.size === 0) return new Map();
	const rows = await selectWithArticles(db.read).where(inArray(comments.id, [...ids]));
	const views = await presentMixed(db.read, actor, rows);
	return new Map(views.map((view) => [view.id, view]));
}
