import { and, desc, eq } from 'drizzle-orm';
import { requireRole, type Actor } from '../actor.ts';
import { now } from '../clock.ts';
import type { Database, Tx } from '../database/database.ts';
import { actions, comments } from '../database/schema.ts';
import { record } from '../moderation/log.ts';
import { readWords } from '../moderation/reason.ts';
import { ofDecision } from '../notifications/tell-decisions.ts';
import { conflict } from '../refusal.ts';
import { readable, type AccessibleComment } from './access.ts';
import { touchAccount, touchArticle } from './counts.ts';
import * as shown from './shown.ts';

/** What an editor picks, or picks no longer, and why if it is to be said. */
export interface PickInput {
	id: string;
	reason?: string;
}

async function pickOf(tx: Tx, commentId: string): Promise<string | null> {
	const [row] = await tx
		.select({ id: actions.id })
		.from(actions)
		.where(and(eq(actions.commentId, commentId), eq(actions.kind, 'comment.pick')))
		.orderBy(desc(actions.id))
		.limit(1);
	return row?.id ?? null;
}

/** Tells the writer, the first time, unless they picked it themselves. */
async function tell(tx: Tx, actor: Actor, { id, authorId }: AccessibleComment): Promise<void> {
	if (authorId === null || authorId === actor.accountId) return;
	await ofDecision(tx, authorId, { kind: 'picked', commentId: id });
}

async function change(db: Database, actor: Actor, input: PickInput, picks: boolean): Promise<void> {
	requireRole(actor, 'editor');
	const reason = readWords(input.reason ?? '');
	const comment = await readable(db.read, actor, input.id);
	await db.write(async (tx) => {
		await shown.lock(tx, comment);
		const [row] = await tx
			.select({ status: comments.status, pickedAt: comments.pickedAt })
			.from(comments)
			.where(eq(comments.id, comment.id));
		if (row.status !== 'published') {
			throw conflict('decided', `Only what is published is picked: the comment is ${row.status}.`);
		}
		if ((row.pickedAt !== null) === picks) return;
		const changedIn = await touchArticle(tx, comment.articleId);
		await tx
			.update(comments)
			.set({ pickedAt: picks ? now() : null, changedIn })
			.where(eq(comments.id, comment.id));
		await touchAccount(tx, comment.authorId);
		if (picks) await tell(tx, actor, comment);
		await record(tx, actor, {
			kind: picks ? 'comment.pick' : 'comment.unpick',
			subject: { commentId: comment.id, inArticleId: comment.articleId },
			reverses: picks ? null : await pickOf(tx, comment.id),
			reason
		});
	});
}

/**
 * Picks a comment: it is marked, listed at the top of its discussion, and its writer is told. Again is
 * the same as once.
 * @throws {Refusal} 401 or 403 below editor, 404, 409 when it is not published, 422 for a long reason.
 */
export async function pick(db: Database, actor: Actor, input: PickInput): Promise<void> {
	await change(db, actor, input, true);
}

/** Takes a pick back; without one, nothing changes. @throws {Refusal} as `pick` */
export async function unpick(db: Database, actor: Actor, input: PickInput): Promise<void> {
	await change(db, actor, input, false);
}
