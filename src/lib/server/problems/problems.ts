import { and, count, eq, isNotNull, min, sql, type SQL } from 'drizzle-orm';
import { atLeast, requireRole, type Actor } from '../actor.ts';
import type { Database } from '../database/database.ts';
import { articles, problems } from '../database/schema.ts';
import type { Waiting } from '../moderation/queue.ts';

// Written out, because a partial index is found by its own words only.
const isOpen = sql`${problems.decidedAt} is null`;

/** What is open on articles that the actor may see. */
function forActor(actor: Actor): SQL | undefined {
	return and(isOpen, atLeast(actor, 'editor') ? undefined : isNotNull(articles.publishedAt));
}

/** How many problems are open, and since when the oldest. @throws {Refusal} 401 or 403 below moderator */
export async function waiting(db: Database, actor: Actor): Promise<Waiting> {
	requireRole(actor, 'moderator');
	const [row] = await db.read
		.select({ count: count(), oldest: min(problems.createdAt) })
		.from(problems)
		.innerJoin(articles, eq(articles.id, problems.articleId))
		.where(forActor(actor));
	return row;
}
