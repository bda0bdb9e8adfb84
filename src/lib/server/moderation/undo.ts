import { and, desc, eq, ne, sql } from 'drizzle-orm';
import type { Actor } from '../actor.ts';
import { now } from '../clock.ts';
import type { AccessibleComment } from '../comments/access.ts';
import { touchArticle } from '../comments/counts.ts';
import * as shown from '../comments/shown.ts';
import type { CommentStatus } from '../comments/statuses.ts';
import type { Database, Tx } from '../database/database.ts';
import { actions, appeals, comments, decisionTimes, statements } from '../database/schema.ts';
import * as tell from '../notifications/tell.ts';
import { conflict } from '../refusal.ts';
import { forDeciding, lock, subjectOf, type Undoing } from './deciding.ts';
import type { Ground } from './grounds.ts';
import type { ActionKind } from './kinds.ts';
import { record } from './log.ts';
import { readWords } from './reason.ts';
import * as reports from './reports.ts';
import { withdraw } from './statements.ts';

/** How long a decision can be taken back (milliseconds). */
export const UNDO_MS = 10_000;
/** What the way from the screen to here may take beside that. */
const GRACE_MS = 5_000;

/** The decisions that can be taken back: how each left the comment, and how it was before. */
const DECISIONS: Partial<Record<ActionKind, { from: CommentStatus[]; to: CommentStatus }>> = {
	'comment.approve': { from: ['published'], to: 'pending' },
	'comment.reject': { from: ['rejected', 'removed'], to: 'pending' },
	'comment.remove': { from: ['removed'], to: 'published' },
	'comment.restore': { from: ['published'], to: 'removed' },
	'comment.keep': { from: ['published'], to: 'published' },
	'comment.review': { from: ['published'], to: 'published' }
};

type Act = typeof actions.$inferSelect;

async function lastAct(tx: Tx, commentId: string): Promise<Act | undefined> {
	const [act] = await tx
		.select()
		.from(actions)
		.where(eq(actions.commentId, commentId))
		.orderBy(desc(actions.id))
		.limit(1);
	return act;
}

/** The actor's own decision about a locked comment, if it is the last. @throws {Refusal} 409 */
async function decisionOf(tx: Tx, actor: Actor, commentId: string) {
	const act = await lastAct(tx, commentId);
	const decision = act && DECISIONS[act.kind];
	if (!act || !decision || act.actorId !== actor.accountId) {
		throw conflict('nothing-to-undo', 'The last decision about this comment is not yours.');
	}
	if (now().getTime() - act.createdAt.getTime() > UNDO_MS + GRACE_MS) {
		throw conflict('too-late', 'A decision can be taken back for ten seconds only.');
	}
	return { act, ...decision };
}

/** Refuses what was decided with an appeal, which is answered. @throws {Refusal} 409 `appealed` */
async function assertNoAppeal(tx: Tx, act: Act): Promise<void> {
	if (act.reverses === null) return;
	const answered = await tx
		.select({ id: appeals.id })
		.from(appeals)
		.innerJoin(statements, eq(statements.id, appeals.statementId))
		.where(eq(statements.actionId, act.reverses))
		.limit(1);
	if (answered.length === 0) return;
	throw conflict('appealed', 'This was decided with an appeal, which stays as it was answered.');
}

/** A locked comment as it stands, with what is known of it. */
type Decided = AccessibleComment & { wasPlaced: boolean };

/** The comment as the decision left it. @throws {Refusal} 409 where its author did something since */
async function asDecided(
	tx: Tx,
	known: AccessibleComment,
	act: Act,
	from: CommentStatus[]
): Promise<Decided> {
	const { status, editedAt, listedIn, replySeq } = comments;
	const [row] = await tx
		.select({ status, editedAt, listedIn, replySeq })
		.from(comments)
		.where(eq(comments.id, known.id));
	const isEdited = row.editedAt !== null && row.editedAt > act.createdAt;
	if (isEdited || !from.includes(row.status)) {
		throw conflict('changed', 'The comment has changed since you decided.');
	}
	return { ...known, ...row, wasPlaced: row.listedIn !== null || row.replySeq !== null };
}

/** Whether something answers a comment, or tries to. */
async function isAnswered(tx: Tx, { id, rootId }: AccessibleComment): Promise<boolean> {
	const answers = await tx
		.select({ id: comments.id })
		.from(comments)
		.where(and(eq(comments.rootId, rootId), eq(comments.parentId, id), ne(comments.id, id)))
		.limit(1);
	return answers.length > 0;
}

/**
 * Takes back the place that a comment was given: a root's, or the last number under a root. What is
 * answered keeps its place, and so does a reply after which others were numbered, which have no gaps.
 */
async function takePlace(tx: Tx, comment: AccessibleComment) {
	if (await isAnswered(tx, comment)) return {};
	if (comment.parentId === null) return { listedIn: null };
	const lowered = await tx
		.update(comments)
		.set({ replyCount: sql`${comments.replyCount} - 1` })
		.where(and(eq(comments.id, comment.rootId), eq(comments.replyCount, comment.replySeq ?? 0)))
		.returning({ id: comments.id });
	return lowered.length > 0 ? { replySeq: null } : {};
}

/** The kind of reason that a comment had before: of one that was restored, its removal's. */
async function groundBefore(tx: Tx, act: Act): Promise<Ground | null> {
	if (act.kind !== 'comment.restore' || act.reverses === null) return null;
	const [removal] = await tx
		.select({ ground: actions.ground })
		.from(actions)
		.where(eq(actions.id, act.reverses));
	return removal.ground;
}

/** Gives a comment back the status, the place and the marks that it had before an act. */
async function putBack(tx: Tx, comment: Decided, act: Act, to: CommentStatus): Promise<void> {
	const { placed, unreviewed } = act.details as Undoing;
	const isSeen = comment.wasPlaced && comment.status !== to;
	const change = Number(to === 'published') - Number(comment.status === 'published');
	const changed = isSeen ? { changedIn: await touchArticle(tx, comment.articleId, change) } : {};
	const place = placed ? await takePlace(tx, comment) : {};
	const marks = { ground: await groundBefore(tx, act), unreviewed: unreviewed === 'yes' };
	await tx
		.update(comments)
		.set({ status: to, ...marks, ...place, ...changed })
		.where(eq(comments.id, comment.id));
	if (isSeen) await shown.touch(tx, comment);
}

/**
 * Takes back one's own last decision about a comment, ten seconds long and while nobody did anything
 * with it since: it stands as before and in its place, its reports are open again, and whom it was told
 * and has not read of it is told nothing.
 * @throws {Refusal} 401, 403 and 404 as the decision; 409 `nothing-to-undo`, `too-late`, `changed` or,
 * when its author has objected already, `appealed`; 422 for words that are too many.
 */
export async function undo(
	db: Database,
	actor: Actor,
	input: { id: string; reason?: string }
): Promise<void> {
	const known = await forDeciding(db, actor, input.id);
	const reason = readWords(input.reason ?? '');
	await db.write(async (tx) => {
		await lock(tx, known);
		const { act, from, to } = await decisionOf(tx, actor, known.id);
		await assertNoAppeal(tx, act);
		await putBack(tx, await asDecided(tx, known, act, from), act, to);
		const { settledAt, foldedAt = null, placed } = act.details as Undoing;
		if (settledAt) {
			await reports.reopen(tx, known.id, actor.accountId, { settledAt, foldedAt });
		}
		await withdraw(tx, act.id);
		if (placed) await tell.takeBack(tx, known.id);
		await tx.delete(decisionTimes).where(eq(decisionTimes.actionId, act.id));
		const of = { subject: subjectOf(known), reverses: act.id, reason };
		await record(tx, actor, { kind: 'comment.undo', ...of });
	});
}
