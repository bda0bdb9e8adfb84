import { and, desc, eq, inArray, lt } from 'drizzle-orm';
import type { Actor } from '../actor.ts';
import { decodeCursor, encodeCursor, takePage } from '../cursors.ts';
import type { Database } from '../database/database.ts';
import { comments, quotes } from '../database/schema.ts';
import { isId } from '../ids.ts';
import { quotingNow } from '../quotes/backlinks.ts';
import { readable } from './access.ts';
import { presentMixed } from './comments.ts';
import { selectWithArticles } from './rows.ts';
import type { CommentView } from './view.ts';

const PAGE = 30;

/**
 * The published comments that quote a comment now, latest first, as far as the actor may see them.
 * @throws {Refusal} 404 when the actor may not know of the comment, 400 for a bad cursor.
 */
export async function list(
	db: Database,
	actor: Actor,
	id: string,
	{ cursor, limit = PAGE }: { cursor?: string | null; limit?: number } = {}
): Promise<{ items: CommentView[]; next: string | null }> {
	await readable(db.read, actor, id);
	const before = cursor
		? decodeCursor<[string]>(cursor, (parts): parts is [string] => isId(parts[0]))[0]
		: undefined;
	const earlier = before === undefined ? undefined : lt(quotes.commentId, before);
	const found = await quotingNow(db.read, actor, and(eq(quotes.sourceCommentId, id), earlier))
		.orderBy(desc(quotes.commentId))
		.limit(limit + 1);
	const { items, more } = takePage(found, limit);
	if (items.length === 0) return { items: [], next: null };
	const ids = items.map((row) => row.id);
	const rows = await selectWithArticles(db.read)
		.where(inArray(comments.id, ids))
		.orderBy(desc(comments.id));
	return {
		items: await presentMixed(db.read, actor, rows),
		next: more ? encodeCursor([ids[ids.length - 1]]) : null
	};
}
