import { and, eq, isNull } from 'drizzle-orm';
import { now } from '../clock.ts';
import type { Tx } from '../database/database.ts';
import { appeals, notifications, statements } from '../database/schema.ts';
import { newId } from '../ids.ts';
import { ofDecision } from '../notifications/tell-decisions.ts';
import { conflict } from '../refusal.ts';
import type { Ground } from './grounds.ts';
import type { Restriction } from './restrictions.ts';

/** What a person is told of a restriction. */
export interface StatementInput {
	/** Whom it is about and for. */
	accountId: string;
	restriction: Restriction;
	/** The act that restricted, in the log. */
	actionId: string;
	ground: Ground;
	reason: string;
	/** Of illegal content: which law. */
	law?: string;
	/** Decided by the software. */
	automatic?: boolean;
	commentId?: string;
	/** The sanction; of a comment the one that it was removed with. */
	sanctionId?: string;
	until?: Date | null;
}

/**
 * Gives a person the statement of a restriction, in the transaction of the act, and tells them of it.
 * Of comments that were removed with a sanction its own statement tells, once for all of them.
 */
export async function issue(tx: Tx, input: StatementInput): Promise<void> {
	const statementId = newId();
	await tx.insert(statements).values({ id: statementId, ...input, createdAt: now() });
	if (input.commentId && input.sanctionId) return;
	await ofDecision(tx, input.accountId, { kind: 'statement', statementId });
}

/**
 * Withdraws the statement of an act that is taken back, unless the person has read of it: then it stays,
 * and the log says what became of the act.
 * @throws {Refusal} 409 `appealed` when the person has objected.
 */
export async function withdraw(tx: Tx, actionId: string): Promise<void> {
	const [statement] = await tx
		.select({ id: statements.id, appeal: appeals.id })
		.from(statements)
		.leftJoin(appeals, eq(appeals.statementId, statements.id))
		.where(eq(statements.actionId, actionId));
	if (!statement) return;
	if (statement.appeal !== null) {
		throw conflict('appealed', 'The author has objected already: decide about the appeal.');
	}
	const told = eq(notifications.statementId, statement.id);
	await tx.delete(notifications).where(and(told, isNull(notifications.readAt)));
	const read = await tx.select({ id: notifications.id }).from(notifications).where(told).limit(1);
	if (read.length === 0) await tx.delete(statements).where(eq(statements.id, statement.id));
}
