import { and, eq, isNull } from 'drizzle-orm';
import { now } from '../clock.ts';
import type { Tx } from '../database/database.ts';
import { accounts, notifications } from '../database/schema.ts';
import { newId } from '../ids.ts';

type Decision =
	| { kind: 'picked'; commentId: string }
	| { kind: 'statement' | 'appeal'; statementId: string }
	| { kind: 'problem'; problemId: string };

/**
 * Tells an account of a decision that concerns it, in the decision's transaction; of a pick once, and
 * nobody who deleted their account.
 */
export async function ofDecision(tx: Tx, accountId: string, decision: Decision): Promise<void> {
	const exists = and(eq(accounts.id, accountId), isNull(accounts.deletedAt));
	const [account] = await tx.select({ id: accounts.id }).from(accounts).where(exists);
	if (!account) return;
	await tx
		.insert(notifications)
		.values({ id: newId(), accountId, ...decision, createdAt: now() })
		.onConflictDoNothing();
}
