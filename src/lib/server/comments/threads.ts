import { and, asc, eq, gt, lte, sql } from 'drizzle-orm';
import { guest, type Actor } from '../actor.ts';
import { takePage } from '../cursors.ts';
import type { Database, Read } from '../database/database.ts';
import { listOf } from '../database/placeholders.ts';
import { prepared } from '../database/prepared.ts';
import { comments } from '../database/schema.ts';
import { readingOrder } from './order.ts';
import { layOver, present, type Common, type PresentedArticle } from './present.ts';
import { selectComments, type CommentRow } from './rows.ts';
import { cursorOf, isBeyond, orderOf, placeOf, readCursor, type Turn } from './sorts.ts';
import {
	SORTS,
	type CommentView,
	type DiscussionView,
	type Sort,
	type ThreadView
} from './view.ts';
import { waitingOf } from './waiting.ts';

/** Threads on a page: enough to read for minutes, few enough to stay light. */
export const THREADS_A_PAGE = 30;
/** Replies shown under a root before "show more": the start of the conversation, not all of it. */
export const FIRST_REPLIES = 6;

const PLACE = { rank: sql.placeholder('rank'), id: sql.placeholder('id') };

/** The roots from the beginning, after a place, or before it. */
function rootsIn(sort: Sort, way: 'first' | 'on' | 'back') {
	const back = way === 'back';
	return prepared((db: Read) =>
		selectComments(db)
			.where(
				and(
					eq(comments.listedIn, sql.placeholder('article')),
					way === 'first' ? undefined : isBeyond(sort, PLACE, back)
				)
			)
			.orderBy(...orderOf(sort, back))
			.limit(sql.placeholder('limit'))
			.prepare(`roots_${sort}_${way}`)
	);
}

const ROOTS = Object.fromEntries(
	SORTS.map((sort) => [
		sort,
		{ first: rootsIn(sort, 'first'), on: rootsIn(sort, 'on'), back: rootsIn(sort, 'back') }
	])
) as Record<Sort, Record<'first' | 'on' | 'back', ReturnType<typeof rootsIn>>>;

/** Roots in order, and whether there are more beyond them. */
export async function roots(
	db: Read,
	articleId: string,
	input: { sort: Sort; from: Turn | null; limit: number }
): Promise<{ items: CommentRow[]; more: boolean }> {
	const { sort, from, limit } = input;
	const query = ROOTS[sort][from === null ? 'first' : from.back ? 'back' : 'on'](db);
	const { rank, id } = from ?? { rank: 0, id: '' };
	const rows = await query.execute({ article: articleId, rank, id, limit: limit + 1 });
	const { items, more } = takePage(rows, limit);
	return { items: from?.back ? items.reverse() : items, more };
}

const rootsOfPage = listOf(THREADS_A_PAGE);
const firstRepliesOf = prepared((db: Read) =>
	selectComments(db)
		.where(and(rootsOfPage.has(comments.rootId), lte(comments.replySeq, FIRST_REPLIES)))
		.prepare('first_replies')
);

/** The first replies of each of these roots, at most a page of them: one index range a root. */
async function firstReplies(db: Read, rootRows: CommentRow[]): Promise<CommentRow[]> {
	const ids = rootRows.filter((root) => root.replyCount > 0).map((root) => root.id);
	if (ids.length === 0) return [];
	return firstRepliesOf(db).execute(rootsOfPage.values(ids));
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

/** Puts presented comments together as a thread. */
export function thread(root: CommentView, replies: CommentView[], replyCount: number): ThreadView {
	const placed = replies.filter((reply) => reply.replySeq !== null).length;
	// One that came after the root was read is among the replies already.
	return { root, replies: readingOrder(replies), moreReplies: Math.max(0, replyCount - placed) };
}

/** The cursors of the pages beside one: where it was come from there is a page in any case. */
function turns(
	sort: Sort,
	items: CommentRow[],
	from: Turn | null,
	more: boolean
): Pick<DiscussionView, 'previous' | 'next'> {
	const [first, last] = [items[0], items.at(-1)];
	if (!last) return { previous: null, next: null };
	const hasPrevious = from !== null && (!from.back || more);
	const hasNext = from?.back ? true : more;
	return {
		previous: hasPrevious ? cursorOf(sort, placeOf(sort, first), true) : null,
		next: hasNext ? cursorOf(sort, placeOf(sort, last)) : null
	};
}

/** The roots and first replies of a page, and the cursors of the pages beside it. */
interface Listed extends Pick<DiscussionView, 'sort' | 'previous' | 'next'> {
	roots: CommentRow[];
	replies: CommentRow[];
}

/** Which page of a discussion is asked for. */
export interface PageInput {
	sort: Sort;
	cursor?: string | null;
	/** Threads on the page, at most `THREADS_A_PAGE`. */
	limit?: number;
}

async function list(db: Read, articleId: string, input: PageInput): Promise<Listed> {
	const { sort, cursor } = input;
	const limit = Math.min(input.limit ?? THREADS_A_PAGE, THREADS_A_PAGE);
	const from = cursor ? readCursor(sort, cursor) : null;
	const { items, more } = await roots(db, articleId, { sort, from, limit });
	const replies = await firstReplies(db, items);
	return { roots: items, replies, sort, ...turns(sort, items, from, more) };
}

/** The views of a page's comments, in any order, put together. */
function arrange(listed: Listed, views: CommentView[], waiting: CommentView[]): DiscussionView {
	const { sort, previous, next } = listed;
	const byId = new Map(views.map((view) => [view.id, view]));
	const replies = Map.groupBy(
		views.filter((view) => view.parentId !== null),
		(view) => view.rootId
	);
	const threads = listed.roots.map((root) =>
		thread(byId.get(root.id)!, replies.get(root.id) ?? [], root.replyCount)
	);
	return { threads, sort, previous, next, waiting };
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
	input: PageInput
): Promise<DiscussionView> {
	const [listed, waiting] = await Promise.all([
		list(db.read, article.id, input),
		waitingOf(db.read, actor, article.id)
	]);
	const placed = [...listed.roots, ...listed.replies];
	const views = await present(db.read, actor, article, [...placed, ...waiting]);
	const own = views.splice(placed.length);
	return arrange(listed, views, own);
}

/** One page of a discussion as it is to all, for readers to have their own part laid over it. */
export interface CommonPage {
	article: PresentedArticle;
	/** As guests see it. */
	view: DiscussionView;
	comments: Common[];
}

/** Reads a page as it is to all. @throws {Refusal} 400 for a malformed cursor */
export async function common(
	db: Database,
	article: PresentedArticle,
	input: PageInput
): Promise<CommonPage> {
	const listed = await list(db.read, article.id, input);
	const rows = [...listed.roots, ...listed.replies];
	const views = await present(db.read, guest(), article, rows);
	const comments = rows.map((row, index) => ({ row, view: views[index] }));
	return { article, view: arrange(listed, views, []), comments };
}

/** A page as `page` gives it to the actor, who is not of the staff, made from what it is to all. */
export async function own(
	db: Database,
	actor: Actor,
	{ article, view, comments }: CommonPage
): Promise<DiscussionView> {
	if (actor.accountId === null) return view;
	const [own, waiting] = await Promise.all([
		layOver(db.read, actor, article, comments),
		waitingOf(db.read, actor, article.id)
	]);
	const laidOver = (comment: CommentView) => own.get(comment.id)!;
	return {
		...view,
		threads: view.threads.map(({ root, replies, moreReplies }) => ({
			root: laidOver(root),
			replies: replies.map(laidOver),
			moreReplies
		})),
		waiting: waiting.length > 0 ? await present(db.read, actor, article, waiting) : []
	};
}
