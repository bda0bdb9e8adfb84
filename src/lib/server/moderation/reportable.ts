import { eq } from 'drizzle-orm';
import type { Actor } from '../actor.ts';
import type { AccessibleComment } from '../comments/access.ts';
import { isAuthor } from '../comments/rules.ts';
import * as shown from '../comments/shown.ts';
import type { Tx } from '../database/database.ts';
import { comments } from '../database/schema.ts';
import { conflict, forbidden } from '../refusal.ts';

/** Refuses one's own comment, and what is not published. @throws {Refusal} 403, 409 */
export function assertReportable(
	actor: Actor,
	comment: Pick<AccessibleComment, 'authorId' | 'status'>
): void {
	if (isAuthor(actor, comment)) throw forbidden('You cannot report your own comment.');
	if (comment.status !== 'published') {
		throw conflict('gone', 'This comment has been taken down.');
	}
}

/**
 * Locks a comment that is reported: whoever takes it down settles what was reported before, and what
 * comes after is refused. Gives the revision that was seen, which is at most the present one.
 * @throws {Refusal} 409 when it was taken down
 */
export async function lockRevision(
	tx: Tx,
	actor: Actor,
	comment: AccessibleComment,
	seen: number | undefined
): Promise<number> {
	await shown.lock(tx, comment);
	const [stored] = await tx
		.select({ status: comments.status, revision: comments.revision })
		.from(comments)
		.where(eq(comments.id, comment.id));
	assertReportable(actor, { ...comment, status: stored.status });
	return seen !== undefined && seen >= 1 ? Math.min(seen, stored.revision) : stored.revision;
}
