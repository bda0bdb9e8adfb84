import { and, eq, inArray, isNull, sql, type SQL } from 'drizzle-orm';
import { now } from '../clock.ts';
import type { Tx } from '../database/database.ts';
import { accounts, comments, reports } from '../database/schema.ts';
import { setFolded } from './folding.ts';
import { tellDecision } from './notice-mail.ts';
import type { ReportOutcome } from './outcomes.ts';

/** How open reports end. */
export interface Settling {
	/** The moderator's account; null when the comment's author took it down. */
	by: string | null;
	/** What the moderator found; null when none looked. */
	outcome: ReportOutcome | null;
}

/** What was settled, as the log keeps it among an act's details, so that it can be taken back. */
// A type, because an interface is no record of texts.
export type Settled = {
	/** ISO 8601. */
	settledAt: string;
	/** Since when the comment was folded; null when it was not. */
	foldedAt: string | null;
};

async function commentOf(tx: Tx, id: string) {
	const { articleId, authorId, foldedAt } = comments;
	const [row] = await tx
		.select({ id: comments.id, articleId, authorId, foldedAt })
		.from(comments)
		.where(eq(comments.id, id));
	return row;
}

/** Adds to the records of those who made some reports, or takes from them. */
async function count(
	tx: Tx,
	which: SQL | undefined,
	outcome: ReportOutcome,
	change: 1 | -1
): Promise<void> {
	const counted = outcome === 'upheld' ? 'reportsUpheld' : 'reportsDismissed';
	const reporters = tx.select({ id: reports.accountId }).from(reports).where(which);
	await tx
		.update(accounts)
		.set({ [counted]: sql`${accounts[counted]} + ${change}` })
		.where(inArray(accounts.id, reporters));
}

function settledIn(commentId: string, by: string | null, at: Date): SQL | undefined {
	return and(
		eq(reports.commentId, commentId),
		eq(reports.settledAt, at),
		by === null ? isNull(reports.settledBy) : eq(reports.settledBy, by)
	);
}

/**
 * Settles the open reports of a locked comment, and unfolds it: who made them is measured by what a
 * moderator found. Null when there were none.
 */
export async function settle(
	tx: Tx,
	commentId: string,
	{ by, outcome }: Settling
): Promise<Settled | null> {
	const at = now();
	const settled = await tx
		.update(reports)
		.set({ settledAt: at, settledBy: by, outcome })
		// Written out, because a partial index is found by its own words only.
		.where(and(eq(reports.commentId, commentId), sql`${reports.settledAt} is null`))
		.returning({ guestEmail: reports.guestEmail });
	if (settled.length === 0) return null;
	if (outcome !== null) {
		await count(tx, settledIn(commentId, by, at), outcome, 1);
		const addresses = settled.map(({ guestEmail }) => guestEmail);
		await tellDecision(tx, addresses, { commentId, outcome });
	}
	const comment = await commentOf(tx, commentId);
	await tx.update(comments).set({ reportWeight: 0 }).where(eq(comments.id, commentId));
	if (comment.foldedAt !== null) await setFolded(tx, comment, null);
	return { settledAt: at.toISOString(), foldedAt: comment.foldedAt?.toISOString() ?? null };
}

/**
 * Takes a settling back: the reports of a locked comment are open again and weigh what they did, it is
 * folded again if it was, and the records of who made them are as before.
 * @param by who settled them
 * @param settled what `settle` gave
 */
export async function reopen(
	tx: Tx,
	commentId: string,
	by: string | null,
	{ settledAt, foldedAt }: Settled
): Promise<void> {
	const which = settledIn(commentId, by, new Date(settledAt));
	const [one] = await tx.select({ outcome: reports.outcome }).from(reports).where(which).limit(1);
	if (!one) return;
	if (one.outcome !== null) await count(tx, which, one.outcome, -1);
	const reopened = await tx
		.update(reports)
		.set({ settledAt: null, settledBy: null, outcome: null })
		.where(which)
		.returning({ weight: reports.weight });
	const weight = reopened.reduce((sum, report) => sum + report.weight, 0);
	const reportWeight = sql`${comments.reportWeight} + ${weight}`;
	await tx.update(comments).set({ reportWeight }).where(eq(comments.id, commentId));
	if (foldedAt === null) return;
	await setFolded(tx, await commentOf(tx, commentId), new Date(foldedAt));
}
