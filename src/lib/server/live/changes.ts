import { and, asc, eq, gt, inArray, lte, sql } from 'drizzle-orm';
import type { CommentingColumns } from '../articles/commenting-rules.ts';
import type { NoticeColumns } from '../articles/notice.ts';
import type { Database, Read } from '../database/database.ts';
import { ofOnePast } from '../database/past.ts';
import { articles, comments, commentingStates } from '../database/schema.ts';
import type { LiveComment } from './view.ts';

/** More than this is no change of a page any more: it is to be read again. */
export const MOST_CHANGES = 100;

/** An article that somebody listens to, as it stands. */
export interface WatchedArticle extends CommentingColumns, NoticeColumns {
	id: string;
	revision: number;
	/** Of which past of the database it is. */
	history: number;
	commentCount: number;
	/** The note of the comment state that was set last; null when none was. */
	note: string | null;
	/** Null for a draft. */
	publishedAt: Date | null;
}

/** A comment that changed, and in which revision of the article. */
export interface Change extends LiveComment {
	changedIn: number;
}

// Its columns by their bare names: in a select of one table the builder names all others so too.
const lastNote = sql<string | null>`(select note from ${commentingStates}
	where article_id = ${articles}.id order by id desc limit 1)`;

/** These articles as they stand now; those that are gone are missing. */
export async function watched(
	db: Pick<Database, 'read' | 'history'>,
	ids: string[]
): Promise<WatchedArticle[]> {
	const { value, history } = await ofOnePast(db, () => read(db.read, ids));
	return value.map((article) => ({ ...article, history }));
}

function read(db: Read, ids: string[]): Promise<Omit<WatchedArticle, 'history'>[]> {
	return db
		.select({
			id: articles.id,
			revision: articles.revision,
			commentCount: articles.commentCount,
			publishedAt: articles.publishedAt,
			commenting: articles.commenting,
			commentingUntil: articles.commentingUntil,
			commentingThen: articles.commentingThen,
			slowMode: articles.slowMode,
			slowSeconds: articles.slowSeconds,
			messageHtml: articles.messageHtml,
			authorHere: articles.authorHere,
			staffMaySpeak: articles.staffMaySpeak,
			note: lastNote
		})
		.from(articles)
		.where(inArray(articles.id, ids));
}

/**
 * The comments that changed for their readers after one revision of an article and not after another,
 * in that order: one index range, at most one more than `MOST_CHANGES`. What never
 * had a place is not among them.
 */
export async function between(
	db: Read,
	articleId: string,
	after: number,
	upTo: number
): Promise<Change[]> {
	const rows = await db
		.select({
			id: comments.id,
			root: comments.rootId,
			parent: comments.parentId,
			status: comments.status,
			revision: comments.revision,
			foldedAt: comments.foldedAt,
			pickedAt: comments.pickedAt,
			changedIn: comments.changedIn
		})
		.from(comments)
		.where(
			and(
				eq(comments.articleId, articleId),
				gt(comments.changedIn, after),
				lte(comments.changedIn, upTo)
			)
		)
		.orderBy(asc(comments.changedIn))
		.limit(MOST_CHANGES + 1);
	return rows.map(({ foldedAt, pickedAt, ...row }) => {
		const isShown = row.status === 'published';
		const folded = isShown && foldedAt !== null;
		const isNew = isShown && row.revision === 1 && !folded;
		return { ...row, changedIn: row.changedIn!, folded, picked: pickedAt !== null, isNew };
	});
}
