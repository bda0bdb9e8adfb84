import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Actor } from '../../actor.ts';
import { now } from '../../clock.ts';
import type { Database, Read, Tx } from '../../database/database.ts';
import { accounts, sanctions, statements } from '../../database/schema.ts';
import { conflict, invalid } from '../../refusal.ts';
import * as events from '../../security/events.ts';
import { record } from '../log.ts';
import { readWords } from '../reason.ts';
import { SANCTION_KINDS, type SanctionKind } from '../restrictions.ts';
import { EFFECTS } from './effects.ts';
import * as targets from './target.ts';

/** The sanction of a kind that was laid last and is not over; null for one that came with an import. */
async function standing(read: Read, accountId: string, kind: SanctionKind): Promise<string | null> {
	const [row] = await read
		.select({ id: sanctions.id })
		.from(sanctions)
		.where(
			and(
				eq(sanctions.accountId, accountId),
				eq(sanctions.kind, kind),
				isNull(sanctions.endedAt),
				isNull(sanctions.acknowledgedAt)
			)
		)
		.orderBy(desc(sanctions.id))
		.limit(1);
	return row?.id ?? null;
}

/** The act that laid a sanction. */
async function actOf(read: Read, accountId: string, sanctionId: string): Promise<string | null> {
	const [row] = await read
		.select({ actionId: statements.actionId })
		.from(statements)
		.where(
			and(
				eq(statements.accountId, accountId),
				eq(statements.sanctionId, sanctionId),
				isNull(statements.commentId)
			)
		);
	return row?.actionId ?? null;
}

/**
 * Ends what holds of a kind for a locked account, in the transaction given, with a line in the log that
 * names the act it takes back.
 * @param sanctionId only if it is this one that holds.
 * @returns whether anything held.
 */
export async function end(
	tx: Tx,
	actor: Actor,
	target: targets.Target,
	{ kind, reason, sanctionId }: { kind: SanctionKind; reason: string; sanctionId?: string }
): Promise<boolean> {
	const at = now();
	if (!EFFECTS[kind].holds(target, at)) return false;
	const { id: accountId } = target;
	const id = await standing(tx, accountId, kind);
	if (sanctionId !== undefined && id !== sanctionId) return false;
	await tx.update(accounts).set(EFFECTS[kind].off).where(eq(accounts.id, accountId));
	if (id !== null) {
		const ended = { endedAt: at, endedBy: actor.accountId };
		await tx.update(sanctions).set(ended).where(eq(sanctions.id, id));
	}
	const reverses = id === null ? null : await actOf(tx, accountId, id);
	const act = { kind: 'account.lift', subject: { accountId }, reason, reverses } as const;
	const details = { sanction: kind };
	await record(tx, actor, { ...act, details });
	await events.record(tx, actor, 'sanction.lifted', { accountId, details });
	return true;
}

/**
 * Lifts a sanction before its time.
 * @throws {Refusal} 401, 403 as `lay`, 404, 409 when nothing of the kind holds (any more), 422 without
 * a reason.
 */
export async function lift(
	db: Database,
	actor: Actor,
	input: { name: string; kind: string; reason: string }
): Promise<void> {
	const { id } = await targets.find(db.read, actor, input.name);
	const kind = SANCTION_KINDS.find((known) => known === input.kind);
	if (!kind) throw invalid('no-kind', 'Choose what is to be lifted.', 'kind');
	const reason = readWords(input.reason, { needed: true });
	await db.write(async (tx) => {
		const target = await targets.lock(tx, id);
		targets.assertMay(actor, target, kind);
		if (!(await end(tx, actor, target, { kind, reason }))) {
			throw conflict('lifted', 'Nothing of this kind holds any more.');
		}
	});
}
