import { and, eq, isNull } from 'drizzle-orm';
import { requireAccount, type Actor } from '../../actor.ts';
import { now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { accounts, sanctions, statements } from '../../database/schema.ts';
import * as limits from '../../limits/limits.ts';
import { conflict } from '../../refusal.ts';
import type { Ground } from '../grounds.ts';
import * as targets from './target.ts';

/** A warning, as the person who has to read it sees it. */
export interface WarningView {
	id: string;
	ground: Ground;
	reason: string;
	at: Date;
	/** Its statement: `/statements/ID`. */
	url: string;
}

/** The warning that the actor has to acknowledge; null for none. @throws {Refusal} 401 */
export async function outstanding(db: Database, actor: Actor): Promise<WarningView | null> {
	requireAccount(actor);
	const [row] = await db.read
		.select({
			id: sanctions.id,
			ground: sanctions.ground,
			reason: sanctions.reason,
			at: sanctions.createdAt,
			statementId: statements.id
		})
		.from(accounts)
		.innerJoin(sanctions, eq(sanctions.id, accounts.warningId))
		.innerJoin(
			statements,
			and(
				eq(statements.accountId, accounts.id),
				eq(statements.sanctionId, sanctions.id),
				isNull(statements.commentId)
			)
		)
		.where(eq(accounts.id, actor.accountId));
	if (!row) return null;
	const { statementId, ...warning } = row;
	return { ...warning, url: `/statements/${statementId}` };
}

/**
 * Says that the actor has read a warning, after which it may post again.
 * @throws {Refusal} 401, 409 when it is not the one that is to be read (any more), 429.
 */
export async function acknowledge(db: Database, actor: Actor, warningId: string): Promise<void> {
	requireAccount(actor);
	await db.write(async (tx) => {
		await limits.take(tx, limits.arrange, actor);
		const { id, warningId: standing } = await targets.lock(tx, actor.accountId);
		if (standing === null || standing !== warningId) {
			throw conflict('no-warning', 'This warning is not to be read any more.');
		}
		await tx.update(sanctions).set({ acknowledgedAt: now() }).where(eq(sanctions.id, warningId));
		await tx.update(accounts).set({ warningId: null }).where(eq(accounts.id, id));
	});
}
