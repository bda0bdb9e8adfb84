import { and, asc, count, countDistinct, eq, gt, gte, lte, max, ne, or, sql } from 'drizzle-orm';
import { touchArticle } from '../comments/counts.ts';
import { hasPlace, type CommentStatus } from '../comments/statuses.ts';
import type { Database, Read, Tx } from '../database/database.ts';
import { forUpdate } from '../database/dialect.ts';
import { articles, comments } from '../database/schema.ts';
import { noteMended, type Mended, type Recount } from './mending.ts';

const AT_ONCE = 500;

const rootColumns = {
	id: comments.id,
	articleId: comments.articleId,
	listedIn: comments.listedIn,
	replyCount: comments.replyCount,
	status: comments.status
};

interface Root {
	id: string;
	articleId: string;
	listedIn: string | null;
	replyCount: number;
	status: CommentStatus;
}

/** What the replies of a root come to. */
interface Replies {
	numbered: number;
	different: number;
	highest: number | null;
	/** How many have a number and should have none, or the other way round. */
	misplaced: number;
}

const NONE: Replies = { numbered: 0, different: 0, highest: null, misplaced: 0 };

// What was deleted may have had a place or not: it keeps what it has.
const misplaced = or(
	and(sql`${comments.status} in ('published', 'removed')`, sql`${comments.replySeq} is null`),
	and(eq(comments.status, 'rejected'), sql`${comments.replySeq} is not null`),
	sql`${comments.listedIn} is not null`
);

async function repliesOf(db: Read, from: string, to: string): Promise<Map<string, Replies>> {
	const rows = await db
		.select({
			rootId: comments.rootId,
			numbered: count(comments.replySeq),
			different: countDistinct(comments.replySeq),
			highest: max(comments.replySeq),
			misplaced: sql`sum(case when ${misplaced} then 1 else 0 end)`.mapWith(Number)
		})
		.from(comments)
		.where(
			and(gte(comments.rootId, from), lte(comments.rootId, to), ne(comments.id, comments.rootId))
		)
		.groupBy(comments.rootId);
	return new Map(rows.map(({ rootId, ...replies }) => [rootId, replies]));
}

function isNumberedRight({ numbered, different, highest, misplaced: wrong }: Replies): boolean {
	return wrong === 0 && different === numbered && (highest ?? 0) === numbered;
}

/** Where a comment of this status is to be, given where it is; one that is deleted or waits stays. */
function isToBePlaced(status: CommentStatus, isPlaced: boolean): boolean {
	return status === 'deleted' || status === 'pending' ? isPlaced : hasPlace(status);
}

/** The list in which a root is to be. */
function listOf({ status, listedIn, articleId }: Root): string | null {
	return isToBePlaced(status, listedIn !== null) ? articleId : null;
}

/** Numbers the replies of a root anew, in the order that they have. */
async function renumber(tx: Tx, rootId: string): Promise<{ mended: Mended[]; count: number }> {
	const rows = await tx
		.select({
			id: comments.id,
			replySeq: comments.replySeq,
			listedIn: comments.listedIn,
			status: comments.status
		})
		.from(comments)
		.where(and(eq(comments.rootId, rootId), ne(comments.id, rootId)))
		.orderBy(asc(comments.id));
	const ordered = rows.toSorted((a, b) => (a.replySeq ?? Infinity) - (b.replySeq ?? Infinity) || 0);
	const mended: Mended[] = [];
	let number = 0;
	for (const row of ordered) {
		const is = isToBePlaced(row.status, row.replySeq !== null) ? ++number : null;
		if (row.replySeq === is && row.listedIn === null) continue;
		await tx.update(comments).set({ replySeq: is, listedIn: null }).where(eq(comments.id, row.id));
		mended.push({ what: 'reply number', id: row.id, was: row.replySeq, is });
	}
	return { mended, count: number };
}

async function mend(db: Database, recount: Recount, { id, articleId }: Root): Promise<void> {
	const mended = await db.write(async (tx) => {
		// Whoever replies locks the article first.
		await forUpdate(
			tx.select({ id: articles.id }).from(articles).where(eq(articles.id, articleId))
		);
		const [root] = await tx.select(rootColumns).from(comments).where(eq(comments.id, id));
		const { mended: found, count: is } = await renumber(tx, id);
		const listedIn = listOf(root);
		if (root.replyCount !== is) found.push({ what: 'reply count', id, was: root.replyCount, is });
		if (root.listedIn !== listedIn) {
			found.push({ what: 'place', id, was: root.listedIn, is: listedIn });
		}
		if (found.length === 0) return found;
		await tx.update(comments).set({ replyCount: is, listedIn }).where(eq(comments.id, id));
		await touchArticle(tx, articleId);
		return found;
	});
	noteMended(recount, mended);
}

/** Looks at every thread: its root's place, its number of replies, and that these are numbered from 1 without a gap. */
export async function recountThreads(db: Database, recount: Recount): Promise<void> {
	let last = '';
	for (;;) {
		const roots = await db.read
			.select(rootColumns)
			.from(comments)
			.where(and(eq(comments.id, comments.rootId), gt(comments.id, last)))
			.orderBy(asc(comments.id))
			.limit(AT_ONCE);
		if (roots.length === 0) return;
		last = roots[roots.length - 1].id;
		const replies = await repliesOf(db.read, roots[0].id, last);
		for (const root of roots) {
			const under = replies.get(root.id) ?? NONE;
			const right =
				isNumberedRight(under) &&
				root.replyCount === under.numbered &&
				root.listedIn === listOf(root);
			if (!right) await mend(db, recount, root);
		}
	}
}
