import { and, eq, inArray } from 'drizzle-orm';
import type { Actor } from '../actor.ts';
import type { Read } from '../database/database.ts';
import { follows, mutes } from '../database/schema.ts';
import type { CommentRow } from './rows.ts';

/** Which of the authors of these comments the actor muted. */
export async function muted(db: Read, actor: Actor, rows: CommentRow[]): Promise<Set<string>> {
	const authors = [...new Set(rows.map((row) => row.authorId))].filter((id) => id !== null);
	if (actor.accountId === null || authors.length === 0) return new Set();
	const found = await db
		.select({ id: mutes.mutedId })
		.from(mutes)
		.where(and(eq(mutes.accountId, actor.accountId), inArray(mutes.mutedId, authors)));
	return new Set(found.map(({ id }) => id));
}

/** Which of the roots among these comments of one article begin threads that the actor follows. */
export async function followed(db: Read, actor: Actor, rows: CommentRow[]): Promise<Set<string>> {
	const roots = rows.filter((row) => row.parentId === null);
	if (actor.accountId === null || roots.length === 0) return new Set();
	const found = await db
		.select({ id: follows.rootId })
		.from(follows)
		.where(
			and(
				eq(follows.accountId, actor.accountId),
				eq(follows.articleId, roots[0].articleId),
				inArray(
					follows.rootId,
					roots.map((root) => root.id)
				)
			)
		);
	return new Set(found.map(({ id }) => id));
}
