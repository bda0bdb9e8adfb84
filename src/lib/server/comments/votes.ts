import { and, eq, sql } from 'drizzle-orm';
import { requireAccount, type Actor, type Member } from '../actor.ts';
import { now } from '../clock.ts';
import type { Database, Tx } from '../database/database.ts';
import { comments, votes } from '../database/schema.ts';
import * as limits from '../limits/limits.ts';
import { conflict, forbidden } from '../refusal.ts';
import { readable, type AccessibleComment } from './access.ts';
import { assertStillAllowed } from './allowed.ts';
import { touchArticle } from './counts.ts';
import { assertCommentingAllowed, assertNotBarred, isAuthor } from './rules.ts';

/** A comment's recommendations after a vote. */
export interface Votes {
	score: number;
	recommended: boolean;
}

async function change(tx: Tx, comment: AccessibleComment, by: 1 | -1 | 0): Promise<number> {
	const [row] = await tx
		.update(comments)
		.set({ score: sql`${comments.score} + ${by}` })
		.where(eq(comments.id, comment.id))
		.returning({ score: comments.score, status: comments.status });
	if (row.status !== 'published') throw conflict('gone', 'This comment has been taken down.');
	if (by !== 0) await touchArticle(tx, comment.articleId);
	return row.score;
}

/** Loads the comment and asks the rules that need no transaction. */
async function votable(
	db: Database,
	actor: Actor,
	id: string
): Promise<{ comment: AccessibleComment; member: Member }> {
	requireAccount(actor);
	assertNotBarred(actor);
	const comment = await readable(db.read, actor, id);
	assertCommentingAllowed(comment.state);
	if (isAuthor(actor, comment)) {
		throw forbidden('You cannot recommend your own comment.');
	}
	return { comment, member: actor };
}

/**
 * Recommends a comment; again is the same as once.
 * @throws {Refusal} 401, 403 for one's own comment or a closed discussion, 404, 409 when it was taken down, 429.
 */
export async function cast(db: Database, actor: Actor, id: string): Promise<Votes> {
	const { comment, member } = await votable(db, actor, id);
	return db.write(async (tx) => {
		await limits.take(tx, limits.vote, member, now());
		assertCommentingAllowed((await assertStillAllowed(tx, member, comment.articleId)).state);
		const added = await tx
			.insert(votes)
			.values({ commentId: id, accountId: member.accountId, createdAt: now() })
			.onConflictDoNothing()
			.returning({ id: votes.commentId });
		return { score: await change(tx, comment, added.length === 1 ? 1 : 0), recommended: true };
	});
}

/** Withdraws a recommendation; without one, nothing changes. @throws {Refusal} as `cast` */
export async function withdraw(db: Database, actor: Actor, id: string): Promise<Votes> {
	const { comment, member } = await votable(db, actor, id);
	return db.write(async (tx) => {
		await limits.take(tx, limits.vote, member, now());
		assertCommentingAllowed((await assertStillAllowed(tx, member, comment.articleId)).state);
		const gone = await tx
			.delete(votes)
			.where(and(eq(votes.commentId, id), eq(votes.accountId, member.accountId)))
			.returning({ id: votes.commentId });
		return { score: await change(tx, comment, gone.length === 1 ? -1 : 0), recommended: false };
	});
}
