import { and, asc, gt, sql } from 'drizzle-orm';
import { requireRole, type Actor } from '../actor.ts';
import { presentMixed } from '../comments/comments.ts';
import { selectWithArticles } from '../comments/rows.ts';
import type { CommentView } from '../comments/view.ts';
import { decodeCursor, encodeCursor, takePage } from '../cursors.ts';
import type { Database } from '../database/database.ts';
import { comments } from '../database/schema.ts';
import { isId } from '../ids.ts';

const PAGE = 30;

/**
 * Comments that wait for a moderator, those that wait longest first.
 * @throws {Refusal} 401 or 403 below moderator, 400 for a bad cursor.
 */
export async function pending(
	db: Database,
	actor: Actor,
	input: { cursor?: string | null } = {}
): Promise<{ items: CommentView[]; next: string | null }> {
	requireRole(actor, 'moderator');
	const after = input.cursor
		? decodeCursor<[string]>(input.cursor, (parts): parts is [string] => isId(parts[0]))[0]
		: undefined;
	const rows = await selectWithArticles(db.read)
		// Written out, because a partial index is found by its own words only.
		.where(
			and(
				sql`${comments.status} = 'pending'`,
				after === undefined ? undefined : gt(comments.id, after)
			)
		)
		.orderBy(asc(comments.id))
		.limit(PAGE + 1);
	const { items, more } = takePage(rows, PAGE);
	return {
		items: await presentMixed(db.read, actor, items),
		next: more ? encodeCursor([items[items.length - 1].id]) : null
	};
}
