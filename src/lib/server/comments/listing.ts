import { and, asc, eq, gt, inArray, lte, or } from 'drizzle-orm';
import { atLeast, isStaff, within, type Actor } from '../actor.ts';
import { showsComments, stateAt } from '../articles/commenting-rules.ts';
import { hasSlug } from '../articles/slugs.ts';
import { now } from '../clock.ts';
import { decodeCursor, encodeCursor, isWholeNumber, takePage } from '../cursors.ts';
import type { Database, Read } from '../database/database.ts';
import { articles, comments } from '../database/schema.ts';
import { isId } from '../ids.ts';
import * as passages from '../quotes/passages.ts';
import { notFound, Refusal } from '../refusal.ts';
import { isPassageKey } from '../text/passages.ts';
import { presentShared, type PresentedArticle } from './present.ts';
import { selectComments, type CommentRow } from './rows.ts';
import { placeOf, type RootPlace } from './sorts.ts';
import { withTexts, type CommentWithText } from './texts.ts';
import * as threads from './threads.ts';
import type { Sort } from './view.ts';

/** The article that a discussion belongs to. @throws {Refusal} 404, drafts but for editors too */
export async function articleOf(
	db: Database,
	actor: Actor,
	slug: string
): Promise<PresentedArticle> {
	const [row] = await db.read
		.select({
			id: articles.id,
			slug: articles.slug,
			title: articles.title,
			revision: articles.revision,
			categoryId: articles.categoryId,
			staffMaySpeak: articles.staffMaySpeak,
			publishedAt: articles.publishedAt,
			commenting: articles.commenting,
			commentingUntil: articles.commentingUntil,
			commentingThen: articles.commentingThen
		})
		.from(articles)
		.where(hasSlug(articles, slug));
	if (!row || (row.publishedAt === null && !atLeast(actor, 'editor'))) throw notFound('article');
	const { id, title, revision, categoryId, staffMaySpeak } = row;
	return { id, slug, title, revision, categoryId, staffMaySpeak, state: stateAt(row, now()) };
}

/** Whether the comments of an article that the actor may see are shown to it. */
export function showsCommentsTo(
	actor: Actor,
	article: Pick<PresentedArticle, 'state' | 'categoryId'>
): boolean {
	return showsComments(article.state) || isStaff(within(actor, article.categoryId));
}

/** How far a discussion was listed: a root, and the number of its last reply that was. */
interface Place extends RootPlace {
	replySeq: number;
}

function encodePlace(sort: Sort, { rank, id, replySeq }: Place): string {
	return encodeCursor([sort, rank, id, replySeq]);
}

function decodePlace(sort: Sort, cursor: string): Place {
	const [, rank, id, replySeq] = decodeCursor<[string, number, string, number]>(
		cursor,
		(parts): parts is [string, number, string, number] =>
			parts.length === 4 &&
			parts[0] === sort &&
			isWholeNumber(parts[1]) &&
			isId(parts[2]) &&
			isWholeNumber(parts[3])
	);
	return { rank, id, replySeq };
}

/** What is left of a thread that was begun. The article is asked for too: a cursor comes from outside. */
async function restOf(db: Read, articleId: string, place: Place, limit: number) {
	return selectComments(db)
		.where(
			and(
				eq(comments.rootId, place.id),
				gt(comments.replySeq, place.replySeq),
				eq(comments.articleId, articleId)
			)
		)
		.orderBy(asc(comments.replySeq))
		.limit(limit);
}

/**
 * Roots, each followed by its replies, until there are `limit` comments. As replies are numbered
 * without gaps, a root says how many there are: one query gets them all, and none too many.
 */
async function wholeThreads(db: Read, roots: CommentRow[], limit: number): Promise<CommentRow[]> {
	const whole: string[] = [];
	let cut: { id: string; most: number } | null = null;
	let left = limit;
	for (const root of roots) {
		left -= 1;
		if (left <= 0) break;
		if (root.replyCount > left) cut = { id: root.id, most: left };
		else if (root.replyCount > 0) whole.push(root.id);
		left -= root.replyCount;
	}
	const wanted = [
		...(whole.length > 0 ? [and(inArray(comments.rootId, whole), gt(comments.replySeq, 0))] : []),
		...(cut ? [and(eq(comments.rootId, cut.id), lte(comments.replySeq, cut.most))] : [])
	];
	const replies =
		wanted.length === 0
			? []
			: await selectComments(db)
					.where(or(...wanted))
					.orderBy(asc(comments.replySeq));
	const byRoot = Map.groupBy(replies, (reply) => reply.rootId);
	return roots.flatMap((root) => [root, ...(byRoot.get(root.id) ?? [])]).slice(0, limit);
}

/** The comments after a place, in the order of the discussion; at most `limit`. */
async function rowsAfter(
	db: Read,
	articleId: string,
	sort: Sort,
	place: Place | null,
	limit: number
): Promise<CommentRow[]> {
	const rest = place ? await restOf(db, articleId, place, limit) : [];
	const left = limit - rest.length;
	if (left === 0) return rest;
	const from = place && { ...place, back: false };
	const { items } = await threads.roots(db, articleId, { sort, from, limit: left });
	return [...rest, ...(await wholeThreads(db, items, left))];
}

/** The place of the last comment listed; its root is before it on the page, or the one that the page began in. */
function placeOfLast(sort: Sort, rows: CommentRow[], begun: Place | null): Place {
	const last = rows[rows.length - 1];
	const root = rows.find((row) => row.id === last.rootId);
	return { ...(root ? placeOf(sort, root) : begun!), replySeq: last.replySeq ?? 0 };
}

/** Only the comments that quote a passage of the article, oldest first. @throws {Refusal} 400 */
async function quotingPassage(
	db: Database,
	actor: Actor,
	article: PresentedArticle,
	{ passage, cursor, limit }: { passage: string; cursor?: string | null; limit: number }
): Promise<{ items: CommentWithText[]; next: string | null }> {
	if (!isPassageKey(passage)) {
		throw new Refusal(400, 'bad-passage', 'The passage must be the key of one.', {
			field: 'passage'
		});
	}
	if (!showsCommentsTo(actor, article)) return { items: [], next: null };
	const found = await passages.list(db.read, actor, article, passage, { cursor, limit });
	return { items: await withTexts(db.read, found.items), next: found.next };
}

/**
 * A discussion as one flat list: threads in the chosen order, each root followed by all its replies,
 * oldest first. Each page costs what is on it. What waits or was rejected has no place here; what was
 * removed or deleted has one without text. With `passage` (a key), only what quotes that passage of the
 * article, oldest first. Empty where the actor may not see the discussion.
 * @throws {Refusal} 400 for a malformed cursor or key.
 */
export async function list(
	db: Database,
	actor: Actor,
	article: PresentedArticle,
	input: { sort: Sort; passage?: string | null; cursor?: string | null; limit: number }
): Promise<{ items: CommentWithText[]; next: string | null }> {
	const { sort, cursor, limit } = input;
	if (input.passage)
		return quotingPassage(db, actor, article, { ...input, passage: input.passage });
	const place = cursor ? decodePlace(sort, cursor) : null;
	// Whether the article itself may be seen was asked when it was loaded.
	if (!showsCommentsTo(actor, article)) return { items: [], next: null };
	const rows = await rowsAfter(db.read, article.id, sort, place, limit + 1);
	const { items, more } = takePage(rows, limit);
	const views = await presentShared(db.read, actor, article, items);
	return {
		items: await withTexts(db.read, views),
		next: more ? encodePlace(sort, placeOfLast(sort, items, place)) : null
	};
}
