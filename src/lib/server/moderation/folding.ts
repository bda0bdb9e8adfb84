import { and, eq, gte, inArray, isNull, sql } from 'drizzle-orm';
import type { Role } from '../actor.ts';
import { now } from '../clock.ts';
import { touchAccount, touchArticle } from '../comments/counts.ts';
import { alias } from '../database/columns.ts';
import type { Read, Tx } from '../database/database.ts';
import { actions, comments } from '../database/schema.ts';
import type { ActionKind } from './kinds.ts';
import { ORDINARY } from './reporter-weight.ts';

/** What open reports weigh that fold a comment: one may be a quarrel, three are no accident. */
export const FOLD_WEIGHT = 3 * ORDINARY;

// By these a moderator said that a text may stand.
const KEEPING: ActionKind[] = [
	'comment.keep',
	'comment.approve',
	'comment.restore',
	'comment.review'
];

const undoing = alias(actions, 'undoing');

/** A comment whose reports are weighed. */
export interface Weighed {
	id: string;
	articleId: string;
	authorId: string | null;
	/** The role of its author's account; null for a guest. */
	accountRole: Role | null;
}

/** Whether a moderator let a comment stand at a time or later, and did not take that back. */
async function wasKept(db: Read, commentId: string, since: Date): Promise<boolean> {
	const rows = await db
		.select({ id: actions.id })
		.from(actions)
		.leftJoin(undoing, eq(undoing.reverses, actions.id))
		.where(
			and(
				eq(actions.commentId, commentId),
				inArray(actions.kind, KEEPING),
				gte(actions.createdAt, since),
				isNull(undoing.id)
			)
		)
		.limit(1);
	return rows.length > 0;
}

/** Folds a locked comment for its readers, or unfolds it with null. */
export async function setFolded(
	tx: Tx,
	{ id, articleId, authorId }: Pick<Weighed, 'id' | 'articleId' | 'authorId'>,
	foldedAt: Date | null
): Promise<void> {
	const changedIn = await touchArticle(tx, articleId);
	await tx.update(comments).set({ foldedAt, changedIn }).where(eq(comments.id, id));
	await touchAccount(tx, authorId);
}

/**
 * Adds to what the open reports of a locked comment weigh, and folds it once that is enough: never one
 * of the staff's, and never again the text that a moderator let stand.
 */
export async function weigh(tx: Tx, comment: Weighed, change: number): Promise<void> {
	const [row] = await tx
		.update(comments)
		.set({ reportWeight: sql`${comments.reportWeight} + ${change}` })
		.where(eq(comments.id, comment.id))
		.returning({
			weight: comments.reportWeight,
			foldedAt: comments.foldedAt,
			createdAt: comments.createdAt,
			editedAt: comments.editedAt
		});
	const isStaffs = comment.accountRole !== null && comment.accountRole !== 'reader';
	if (row.weight < FOLD_WEIGHT || row.foldedAt !== null || isStaffs) return;
	if (await wasKept(tx, comment.id, row.editedAt ?? row.createdAt)) return;
	await setFolded(tx, comment, now());
}
