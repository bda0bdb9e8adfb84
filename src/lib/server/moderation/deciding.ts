import { eq } from 'drizzle-orm';
import { requireRole, within, type Actor, type Role } from '../actor.ts';
import { readable, type AccessibleComment } from '../comments/access.ts';
import { isAbove } from '../comments/rules.ts';
import * as shown from '../comments/shown.ts';
import type { CommentStatus } from '../comments/statuses.ts';
import type { Database, Tx } from '../database/database.ts';
import { comments } from '../database/schema.ts';
import { forbidden } from '../refusal.ts';
import type { Settled } from './settling.ts';

/** Nobody decides about staff above them. */
function assertNotAbove(actor: Actor, authorRole: Role | null): void {
	if (isAbove(actor, authorRole)) {
		throw forbidden(`Comments of an ${authorRole} are for an administrator to decide about.`);
	}
}

/**
 * A comment for the actor to decide about.
 * @throws {Refusal} 401, 403 for all but moderators of its category and for a comment of staff above, 404.
 */
export async function forDeciding(
	db: Database,
	actor: Actor,
	id: string
): Promise<AccessibleComment> {
	requireRole(actor, 'moderator');
	const comment = await readable(db.read, actor, id);
	requireRole(within(actor, comment.categoryId), 'moderator');
	assertNotAbove(actor, comment.accountRole);
	return comment;
}

/** How a comment stands, in its own row. */
export interface Standing {
	status: CommentStatus;
	/** Whether it has a place in its discussion. */
	placed: boolean;
	/** Published, and no moderator has looked at it. */
	unreviewed: boolean;
}

/** Locks a comment with all that a decision about it touches; says how it stands. */
export async function lock(tx: Tx, comment: AccessibleComment): Promise<Standing> {
	await shown.lock(tx, comment);
	const [row] = await tx
		.select({
			status: comments.status,
			listedIn: comments.listedIn,
			replySeq: comments.replySeq,
			unreviewed: comments.unreviewed
		})
		.from(comments)
		.where(eq(comments.id, comment.id));
	const { status, listedIn, replySeq, unreviewed } = row;
	return { status, placed: listedIn !== null || replySeq !== null, unreviewed };
}

/** What the log says that a decision about a comment was about. */
export function subjectOf(comment: AccessibleComment) {
	return { commentId: comment.id, inArticleId: comment.articleId };
}

/** What a decision changed beside the status, as the log keeps it, so that it can be taken back. */
// A type, because an interface is no record of texts.
export type Undoing = Partial<Settled> & {
	/** It gave the comment its place. */
	placed?: 'yes';
	/** Nobody had looked at the comment before. */
	unreviewed?: 'yes';
};

/** What the log keeps of a decision: only what was so. */
export function undoing(before: {
	settled: Settled | null;
	placed: boolean;
	unreviewed: boolean;
}): Undoing {
	return {
		...before.settled,
		...(before.placed ? { placed: 'yes' } : {}),
		...(before.unreviewed ? { unreviewed: 'yes' } : {})
	};
}
