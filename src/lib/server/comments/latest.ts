import { and, desc, eq, gte, min, sql } from 'drizzle-orm';
import type { Actor } from '../actor.ts';
import type { Database, Read } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { comments } from '../database/schema.ts';
import { showsCommentsTo } from './listing.ts';
import { presentShared, type PresentedArticle, type SharedView } from './present.ts';
import { selectComments } from './rows.ts';

// A bound, because a flood that was turned away has none. Only its index is gone through.
const LOOKED_AT = 1000;

const latestOf = prepared((db: Read) => {
	const article = sql.placeholder('article');
	const looked = db
		.select({ id: comments.id })
		.from(comments)
		.where(eq(comments.articleId, article))
		.orderBy(desc(comments.id))
		.limit(LOOKED_AT)
		.as('looked');
	const oldest = db.select({ id: min(looked.id) }).from(looked);
	return selectComments(db)
		.where(
			and(
				eq(comments.articleId, article),
				gte(comments.id, oldest),
				eq(comments.status, 'published')
			)
		)
		.orderBy(desc(comments.id))
		.limit(sql.placeholder('limit'))
		.prepare('latest_comments');
});

/**
 * The published comments of an article's discussion, newest first and whichever thread they are in, among the last
 * thousand that were written; none where the actor may not see the discussion.
 */
export async function latest(
	db: Database,
	actor: Actor,
	article: PresentedArticle,
	limit: number
): Promise<SharedView[]> {
	// Whether the article itself may be seen was asked when it was loaded.
	if (!showsCommentsTo(actor, article)) return [];
	const rows = await latestOf(db.read).execute({ article: article.id, limit });
	return presentShared(db.read, actor, article, rows);
}
