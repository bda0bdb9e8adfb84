import { now } from '../clock.ts';
import type { Tx } from '../database/database.ts';
import { notifications } from '../database/schema.ts';
import { newId } from '../ids.ts';

type Decision =
	| { kind: 'picked'; commentId: string }
	| { kind: 'statement' | 'appeal'; statementId: string }
	| { kind: 'problem'; problemId: string };

/** Tells an account of a decision that concerns it, in the decision's transaction; of a pick once. */
export async function ofDecision(tx: Tx, accountId: string, decision: Decision): Promise<void> {
	await tx
		.insert(notifications)
		.values({ id: newId(), accountId, ...decision, createdAt: now() })
		.onConflictDoNothing();
}
