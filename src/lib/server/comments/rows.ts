import { eq, sql } from 'drizzle-orm';
import type { Read } from '../database/database.ts';
import { accounts, articles, comments, quotes } from '../database/schema.ts';

/** The columns of a comment that showing it needs, with its author and article. */
export const commentColumns = {
	id: comments.id,
	rootId: comments.rootId,
	parentId: comments.parentId,
	listedIn: comments.listedIn,
	depth: comments.depth,
	replySeq: comments.replySeq,
	replyCount: comments.replyCount,
	authorId: comments.authorId,
	guestName: comments.guestName,
	accountName: accounts.name,
	accountRole: accounts.role,
	accountPicture: accounts.pictureId,
	blocks: comments.blocks,
	revision: comments.revision,
	status: comments.status,
	ground: comments.ground,
	score: comments.score,
	createdAt: comments.createdAt,
	editedAt: comments.editedAt,
	pickedAt: comments.pickedAt,
	byAuthor: comments.byAuthor,
	foldedAt: comments.foldedAt,
	/** Whether anything ever quoted it, so that what does now must be counted. */
	everQuoted: sql`exists (select 1 from ${quotes} where ${quotes.sourceCommentId} = ${comments.id})`
		.mapWith(Boolean)
		.as('ever_quoted')
};

const articleColumns = {
	articleId: comments.articleId,
	articleSlug: articles.slug,
	articleTitle: articles.title,
	articleRevision: articles.revision,
	articlePublishedAt: articles.publishedAt,
	categoryId: articles.categoryId,
	staffMaySpeak: articles.staffMaySpeak,
	commenting: articles.commenting,
	commentingUntil: articles.commentingUntil,
	commentingThen: articles.commentingThen
};

/** A select of comments with their authors; add `where`, `orderBy` and `limit`. */
export function selectComments(db: Read) {
	return db
		.select(commentColumns)
		.from(comments)
		.leftJoin(accounts, eq(accounts.id, comments.authorId))
		.$dynamic();
}

/** A select of comments with their authors and articles. */
export function selectWithArticles(db: Read) {
	return db
		.select({ ...commentColumns, ...articleColumns, body: comments.body })
		.from(comments)
		.innerJoin(articles, eq(articles.id, comments.articleId))
		.leftJoin(accounts, eq(accounts.id, comments.authorId))
		.$dynamic();
}

/** A comment with its author. */
export type CommentRow = Awaited<ReturnType<typeof selectComments>>[number];
/** A comment with its author and article. */
export type CommentWithArticle = Awaited<ReturnType<typeof selectWithArticles>>[number];

/** The name that a comment's author is shown under. */
export function authorName(row: Pick<CommentRow, 'accountName' | 'guestName'>): string {
	return row.accountName ?? row.guestName ?? 'Guest';
}
