import { and, count, eq, min, sql } from 'drizzle-orm';
import { requireRole, type Actor } from '../../actor.ts';
import type { Database } from '../../database/database.ts';
import { appeals, articles, comments, statements } from '../../database/schema.ts';
import type { Waiting } from '../queue.ts';
import { appealsWithin } from './scope.ts';

/** Written out, because a partial index is found by its own words only. */
export const isOpen = sql`${appeals.decidedAt} is null`;

/** The appeals that wait for the actor, and since when the oldest does. @throws {Refusal} 401 or 403 below moderator */
export async function waiting(db: Database, actor: Actor): Promise<Waiting> {
	requireRole(actor, 'moderator');
	const [row] = await db.read
		.select({ count: count(), oldest: min(appeals.createdAt) })
		.from(appeals)
		.innerJoin(statements, eq(statements.id, appeals.statementId))
		.leftJoin(comments, eq(comments.id, statements.commentId))
		.leftJoin(articles, eq(articles.id, comments.articleId))
		.where(and(isOpen, appealsWithin(actor)));
	return row;
}
