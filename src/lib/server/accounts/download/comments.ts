import { asc, inArray } from 'drizzle-orm';
import type { Read } from '../../database/database.ts';
import { articles, commentRevisions, type comments } from '../../database/schema.ts';
import { load, markdown } from '../../quotes/join.ts';

type Comment = typeof comments.$inferSelect;

/** The addresses of articles, by their ids. */
export async function articleUrls(db: Read, ids: string[]): Promise<Map<string, string>> {
	if (ids.length === 0) return new Map();
	const rows = await db
		.select({ id: articles.id, slug: articles.slug })
		.from(articles)
		.where(inArray(articles.id, ids));
	return new Map(rows.map(({ id, slug }) => [id, `/articles/${slug}`]));
}

/**
 * Somebody's own comments with every text that they had, also those that are shown no more. Words of
 * others that they quote stand in them as far as everybody may read them.
 */
export async function showComments(rows: Comment[], db: Read): Promise<object[]> {
	const ids = rows.map(({ id }) => id);
	if (ids.length === 0) return [];
	const quotes = await load(db, ids);
	const urls = await articleUrls(
		db,
		rows.map(({ articleId }) => articleId)
	);
	const earlier = await db
		.select()
		.from(commentRevisions)
		.where(inArray(commentRevisions.commentId, ids))
		.orderBy(asc(commentRevisions.commentId), asc(commentRevisions.revision));
	const byComment = Map.groupBy(earlier, ({ commentId }) => commentId);
	return rows.map((row) => ({
		...{ url: `/c/${row.id}`, article: urls.get(row.articleId) },
		in_reply_to: row.parentId && `/c/${row.parentId}`,
		...{ status: row.status, created_at: row.createdAt, edited_at: row.editedAt },
		...{ recommendations: row.score, text: markdown(row.body, quotes) },
		earlier_texts: (byComment.get(row.id) ?? []).map(({ revision, body, createdAt }) => ({
			...{ revision, written_at: createdAt, text: markdown(body, quotes) }
		}))
	}));
}
