import { and, asc, eq, gt, inArray, lte, sql } from 'drizzle-orm';
import type { Actor } from '../actor.ts';
import { takePage } from '../cursors.ts';
import type { Database, Read } from '../database/database.ts';
import { comments } from '../database/schema.ts';
import { readingOrder } from './order.ts';
import { present, type PresentedArticle } from './present.ts';
import { selectComments, type CommentRow } from './rows.ts';
import { cursorOf, isAfter, orderOf, readCursor } from './sorts.ts';
import type { CommentView, DiscussionView, Sort, ThreadView } from './view.ts';

/** Threads on a page: enough to read for minutes, few enough to stay light. */
export const THREADS_A_PAGE = 30;
/** Replies shown under a root before "show more": the start of the conversation, not all of it. */
export const FIRST_REPLIES = 6;

/** The roots of a page, in order, and whether there are more. */
export async function roots(
	db: Read,
	articleId: string,
	input: { sort: Sort; cursor?: string | null; limit: number }
) {
	const { sort, cursor, limit } = input;
	const place = cursor ? readCursor(sort, cursor) : null;
	const rows = await selectComments(db)
		.where(and(eq(comments.listedIn, articleId), place ? isAfter(sort, place) : undefined))
		.orderBy(...orderOf(sort))
		.limit(limit + 1);
	return takePage(rows, limit);
}

/** The first replies of each of these roots: one index range a root. */
async function firstReplies(db: Read, rootRows: CommentRow[]): Promise<CommentRow[]> {
	const ids = rootRows.filter((root) => root.replyCount > 0).map((root) => root.id);
	if (ids.length === 0) return [];
	return selectComments(db).where(
		and(inArray(comments.rootId, ids), lte(comments.replySeq, FIRST_REPLIES))
	);
}

/** Replies of a root after a number, oldest first. */
export async function repliesAfter(
	db: Read,
	rootId: string,
	after: number,
	limit: number
): Promise<CommentRow[]> {
	return selectComments(db)
		.where(and(eq(comments.rootId, rootId), gt(comments.replySeq, after)))
		.orderBy(asc(comments.replySeq))
		.limit(limit);
}

/** The actor's own comments on an article that wait for a moderator, oldest first. */
async function waitingOf(db: Read, actor: Actor, articleId: string): Promise<CommentRow[]> {
	if (actor.accountId === null) return [];
	return selectComments(db)
		.where(
			and(
				// Written out, because a partial index is found by its own words only.
				sql`${comments.status} = 'pending'`,
				eq(comments.articleId, articleId),
				eq(comments.authorId, actor.accountId)
			)
		)
		.orderBy(asc(comments.id));
}

/** Puts presented comments together as a thread. */
export function thread(root: CommentView, replies: CommentView[], replyCount: number): ThreadView {
	const placed = replies.filter((reply) => reply.replySeq !== null).length;
	// One that came after the root was read is among the replies already.
	return { root, replies: readingOrder(replies), moreReplies: Math.max(0, replyCount - placed) };
}

/**
 * One page of a discussion: threads in the chosen order, each with its first replies. Costs the page,
 * not the size of the discussion. The caller has checked that the actor may see it.
 * @throws {Refusal} 400 for a malformed cursor.
 */
export async function page(
	db: Database,
	actor: Actor,
	article: PresentedArticle,
	input: { sort: Sort; cursor?: string | null; limit?: number }
): Promise<DiscussionView> {
	const { sort, cursor, limit = THREADS_A_PAGE } = input;
	const [{ items, more }, waiting] = await Promise.all([
		roots(db.read, article.id, { sort, cursor, limit }),
		waitingOf(db.read, actor, article.id)
	]);
	const rows = [...items, ...(await firstReplies(db.read, items)), ...waiting];
	const views = await present(db.read, actor, article, rows);
	const byId = new Map(views.map((view) => [view.id, view]));
	const waitingIds = new Set(waiting.map((row) => row.id));
	const replies = Map.groupBy(
		views.filter((view) => view.parentId !== null && !waitingIds.has(view.id)),
		(view) => view.rootId
	);
	return {
		threads: items.map((root) =>
			thread(byId.get(root.id)!, replies.get(root.id) ?? [], root.replyCount)
		),
		sort,
		next: more ? cursorOf(sort, items[items.length - 1]) : null,
		waiting: waiting.map((row) => byId.get(row.id)!)
	};
}
