import { and, eq, isNull } from 'drizzle-orm';
import { requireRole, type Actor } from '../../actor.ts';
import { now } from '../../clock.ts';
import type { Database, Tx } from '../../database/database.ts';
import { forUpdate } from '../../database/dialect.ts';
import { appeals, sanctions } from '../../database/schema.ts';
import { readable } from '../../comments/access.ts';
import { ofDecision } from '../../notifications/tell-decisions.ts';
import { conflict, forbidden, invalid, notFound } from '../../refusal.ts';
import { reinstate } from '../decide.ts';
import { record } from '../log.ts';
import { APPEAL_OUTCOMES, type AppealOutcome } from '../outcomes.ts';
import { readWords } from '../reason.ts';
import type { SanctionKind } from '../restrictions.ts';
import { end } from '../sanctions/lift.ts';
import * as targets from '../sanctions/target.ts';
import { isThereAnother, mayDecide } from './deciders.ts';
import { load, matterOf, type AppealRow } from './list.ts';

// The log is read by everyone; what the person is told is between them and the newsroom.
const REVERSED = 'Taken back after an appeal.';

/** A decision about an appeal. */
export interface AppealDecision {
	id: string;
	/** One of `APPEAL_OUTCOMES`; anything else is refused. */
	outcome: string;
	/** What the person is told. */
	answer: string;
}

/** The inverse of what restricted, if it holds still; says whether anything was taken back. */
async function reverse(tx: Tx, actor: Actor, row: AppealRow): Promise<boolean> {
	const { commentId, sanctionId, actionId, accountId } = row;
	if (commentId !== null) {
		const comment = await readable(tx, actor, commentId);
		return reinstate(tx, actor, comment, { reason: REVERSED, reverses: actionId });
	}
	const target = await targets.lock(tx, accountId);
	const kind = row.restriction as SanctionKind;
	if (sanctionId === null) return false;
	if (await end(tx, actor, target, { kind, reason: REVERSED, sanctionId })) return true;
	// A warning that was read, say: it was given wrongly all the same.
	const ended = { endedAt: now(), endedBy: actor.accountId };
	await tx
		.update(sanctions)
		.set(ended)
		.where(and(eq(sanctions.id, sanctionId), isNull(sanctions.endedAt)));
	return false;
}

function readOutcome(text: string): AppealOutcome {
	const outcome = APPEAL_OUTCOMES.find((known) => known === text);
	if (outcome) return outcome;
	throw invalid('no-outcome', 'Choose what becomes of it.', 'outcome');
}

/** Somebody else decides than who restricted, where there is somebody else. */
async function assertMayDecide(db: Database, actor: Actor, row: AppealRow): Promise<boolean> {
	const matter = matterOf(row);
	if (!mayDecide(actor, matter)) {
		throw forbidden('About this appeal somebody else decides.');
	}
	const isOwn = matter.restrictedBy !== null && matter.restrictedBy === actor.accountId;
	if (isOwn && (await isThereAnother(db.read, matter))) {
		throw forbidden('You decided this: somebody else decides about the appeal.');
	}
	return isOwn;
}

/**
 * Decides about an appeal, and takes the restriction back where it is `reversed`, in one transaction.
 * @throws {Refusal} 401, 403 below moderator, for who restricted while somebody else may decide and
 * about staff above, 404 when it is not the actor's matter, 409 when it is decided already, 422.
 */
export async function decide(db: Database, actor: Actor, input: AppealDecision): Promise<void> {
	requireRole(actor, 'moderator');
	const row = await load(db, actor, input.id);
	if (!row) throw notFound('appeal');
	const outcome = readOutcome(input.outcome);
	const isOwn = await assertMayDecide(db, actor, row);
	const answer = readWords(input.answer, { needed: true });
	await db.write(async (tx) => {
		// What is restricted is locked before the appeal, as it is by whoever else decides about it.
		const isReversed = outcome === 'reversed' && (await reverse(tx, actor, row));
		const [open] = await forUpdate(
			tx.select({ decidedAt: appeals.decidedAt }).from(appeals).where(eq(appeals.id, row.id))
		);
		if (open.decidedAt !== null) {
			throw conflict('decided', 'Somebody was quicker: the appeal is decided.');
		}
		const decided = { decidedAt: now(), decidedBy: actor.accountId, outcome, answer };
		await tx.update(appeals).set(decided).where(eq(appeals.id, row.id));
		await record(tx, actor, {
			kind: 'account.appeal',
			subject: { accountId: row.accountId },
			ground: row.ground,
			// Where nothing held any more, this line takes back by itself.
			reverses: outcome === 'reversed' && !isReversed ? row.actionId : null,
			details: { outcome, ...(isOwn ? { decidedBy: 'who restricted, being the only one' } : {}) }
		});
		await ofDecision(tx, row.accountId, { kind: 'appeal', statementId: row.statementId });
	});
}
