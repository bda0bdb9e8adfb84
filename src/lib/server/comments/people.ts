import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Actor } from '../actor.ts';
import type { Database } from '../database/database.ts';
import { accounts, comments } from '../database/schema.ts';
import { articleOf, showsCommentsTo } from './listing.ts';

// Who wrote lately is whom a writer speaks to; a bound, because a discussion has none.
const LOOKED_AT = 500;

/**
 * The names of those who wrote in an article's discussion, who wrote last first; nobody where the
 * actor may not see it. Of a long discussion only the latest comments are looked at.
 * @throws {Refusal} 404 for no such article.
 */
export async function inDiscussion(db: Database, actor: Actor, slug: string): Promise<string[]> {
	const article = await articleOf(db, actor, slug);
	if (!showsCommentsTo(actor, article)) return [];
	const rows = await db.read
		.select({ name: accounts.name })
		.from(comments)
		.innerJoin(accounts, eq(accounts.id, comments.authorId))
		.where(
			and(
				eq(comments.articleId, article.id),
				eq(comments.status, 'published'),
				isNull(accounts.deletedAt)
			)
		)
		.orderBy(desc(comments.id))
		.limit(LOOKED_AT);
	return [...new Set(rows.map((row) => row.name))];
}
