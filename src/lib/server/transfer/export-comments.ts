import { and, asc, eq, gt, gte, inArray, isNotNull, isNull, lte, ne } from 'drizzle-orm';
import type { Read } from '../database/database.ts';
import { commentRevisions, comments } from '../database/schema.ts';
import { hasQuote, load, markdown, type QuoteMap } from '../quotes/join.ts';
import type { ExportedRecord } from './export.ts';
import { isAfter } from './pages.ts';

type Comment = typeof comments.$inferSelect;
type Revision = typeof commentRevisions.$inferSelect;

const ROOTS_AT_ONCE = 200;
const REPLIES_AT_ONCE = 500;

async function rootsAfter(db: Read, id: string): Promise<Comment[]> {
	return db
		.select()
		.from(comments)
		.where(and(eq(comments.id, comments.rootId), gt(comments.id, id)))
		.orderBy(asc(comments.id))
		.limit(ROOTS_AT_ONCE);
}

/** The replies with a place under some neighbouring roots, in pages: as they are numbered. */
async function* placedReplies(db: Read, range: [string, string]): AsyncGenerator<Comment[]> {
	let rows: Comment[] = [];
	do {
		const last = rows.at(-1);
		rows = await db
			.select()
			.from(comments)
			.where(
				and(
					gte(comments.rootId, range[0]),
					lte(comments.rootId, range[1]),
					isNotNull(comments.replySeq),
					last
						? isAfter([comments.rootId, comments.replySeq], [last.rootId, last.replySeq])
						: undefined
				)
			)
			.orderBy(asc(comments.rootId), asc(comments.replySeq))
			.limit(REPLIES_AT_ONCE);
		yield rows;
	} while (rows.length === REPLIES_AT_ONCE);
}

/** The replies without a place: those that wait or were rejected, and what was withdrawn before it was shown. */
async function* otherReplies(db: Read, range: [string, string]): AsyncGenerator<Comment[]> {
	let rows: Comment[] = [];
	do {
		const last = rows.at(-1);
		rows = await db
			.select()
			.from(comments)
			.where(
				and(
					gte(comments.rootId, range[0]),
					lte(comments.rootId, range[1]),
					isNull(comments.replySeq),
					ne(comments.id, comments.rootId),
					last ? isAfter([comments.rootId, comments.id], [last.rootId, last.id]) : undefined
				)
			)
			.orderBy(asc(comments.rootId), asc(comments.id))
			.limit(REPLIES_AT_ONCE);
		yield rows;
	} while (rows.length === REPLIES_AT_ONCE);
}

/** Comments in pages: some roots, then their replies, so that parents come first and numbers in order. */
async function* pages(db: Read): AsyncGenerator<Comment[]> {
	let roots = await rootsAfter(db, '');
	while (roots.length > 0) {
		const range: [string, string] = [roots[0].id, roots[roots.length - 1].id];
		yield roots;
		yield* placedReplies(db, range);
		yield* otherReplies(db, range);
		roots = await rootsAfter(db, range[1]);
	}
}

async function revisionsOf(db: Read, ids: string[]): Promise<Map<string, Revision[]>> {
	if (ids.length === 0) return new Map();
	const rows = await db
		.select()
		.from(commentRevisions)
		.where(inArray(commentRevisions.commentId, ids))
		.orderBy(asc(commentRevisions.commentId), asc(commentRevisions.revision));
	return Map.groupBy(rows, (row) => row.commentId);
}

function authorOf({ authorId, guestName, guestEmail }: Comment) {
	if (authorId !== null) return authorId;
	if (guestName === null && guestEmail === null) return undefined;
	return { name: guestName ?? undefined, email: guestEmail ?? undefined };
}

function record(row: Comment, revisions: Revision[], quotes: QuoteMap): ExportedRecord {
	return {
		type: 'comment',
		...{ id: row.id, article: row.articleId, body: markdown(row.body, quotes) },
		...{ parent: row.parentId, author: authorOf(row) },
		...{ created_at: row.createdAt, edited_at: row.editedAt, status: row.status },
		score: row.score === 0 ? undefined : row.score,
		revisions: revisions.map(({ revision, body, createdAt }) => ({
			body: markdown(body, quotes),
			created_at: createdAt,
			afterword: { revision, body }
		})),
		afterword: {
			body: row.body,
			placed: row.listedIn !== null || row.replySeq !== null,
			revision: row.revision,
			imported_score: row.importedScore,
			idempotency_key: row.idempotencyKey,
			posted_hash: row.postedHash,
			changed_in: row.changedIn,
			harm: row.harm,
			report_weight: row.reportWeight,
			folded_at: row.foldedAt,
			unreviewed: row.unreviewed ? true : undefined,
			text_key: row.textKey,
			ground: row.ground,
			picked_at: row.pickedAt,
			by_author: row.byAuthor ? true : undefined
		}
	};
}

/** Every comment, with its text as everyone's software reads it and as it is stored here. */
export async function* exportComments(db: Read): AsyncGenerator<ExportedRecord> {
	for await (const page of pages(db)) {
		const edited = page.filter((row) => row.revision > 1).map((row) => row.id);
		const revisions = await revisionsOf(db, edited);
		const quoting = page.filter((row) => hasQuote(row.body) || revisions.has(row.id));
		const ids = quoting.map((row) => row.id);
		const quotes = await load(db, ids, { evenWithdrawn: true });
		for (const row of page) yield record(row, revisions.get(row.id) ?? [], quotes);
	}
}
