import { and, eq, gt, inArray, like, lte, ne, or, sql } from 'drizzle-orm';
import { requireAccount, type Actor } from '../actor.ts';
import { now } from '../clock.ts';
import type { Database, Read, Tx } from '../database/database.ts';
import { accounts, claims, decisionTimes } from '../database/schema.ts';
import { conflict, type Refusal } from '../refusal.ts';
import { forDeciding } from './deciding.ts';

/** How long a claim lasts that nobody renews: whoever leaves the desk keeps nobody waiting. */
const LASTS_MS = 60_000;

/** Somebody who looks at a case. */
export interface Claim {
	by: string;
	mine: boolean;
	/** When it gives way, unless it is renewed. */
	until: Date;
}

const subjectOf = (commentId: string) => `comment:${commentId}`;

/** The claims on comments that hold now, by their ids. */
export async function of(
	db: Read,
	actor: Actor,
	ids: readonly string[]
): Promise<Map<string, Claim>> {
	if (ids.length === 0) return new Map();
	const rows = await db
		.select({
			subject: claims.subject,
			accountId: claims.accountId,
			by: accounts.name,
			until: claims.expiresAt
		})
		.from(claims)
		.innerJoin(accounts, eq(accounts.id, claims.accountId))
		.where(and(inArray(claims.subject, ids.map(subjectOf)), gt(claims.expiresAt, now())));
	return new Map(
		rows.map(({ subject, accountId, by, until }) => [
			subject.slice(subjectOf('').length),
			{ by, until, mine: accountId === actor.accountId }
		])
	);
}

function taken(by: string): Refusal {
	return conflict('claimed', `${by} is looking at this.`);
}

/** @throws {Refusal} 409 `claimed` while somebody else looks at the comment */
export async function assertFree(db: Read, actor: Actor, id: string): Promise<void> {
	const claim = (await of(db, actor, [id])).get(id);
	if (claim && !claim.mine) throw taken(claim.by);
}

/**
 * Claims a comment for a minute, while one looks at it and decides, or renews the claim; gives up what
 * one looked at before.
 * @throws {Refusal} 401, 403 where one may not decide, 404, 409 `claimed` while somebody else looks at it.
 */
export async function take(db: Database, actor: Actor, input: { id: string }): Promise<void> {
	requireAccount(actor);
	const { accountId } = actor;
	const { id } = await forDeciding(db, actor, input.id);
	const at = now();
	const subject = subjectOf(id);
	const holds = sql`${claims.accountId} = excluded.account_id and ${gt(claims.expiresAt, at)}`;
	const [claimed] = await db.write(async (tx) => {
		const other = and(eq(claims.accountId, accountId), ne(claims.subject, subject));
		await tx.delete(claims).where(and(other, like(claims.subject, subjectOf('%'))));
		const expiresAt = new Date(at.getTime() + LASTS_MS);
		return tx
			.insert(claims)
			.values({ subject, accountId, claimedAt: at, expiresAt })
			.onConflictDoUpdate({
				target: claims.subject,
				set: {
					accountId,
					claimedAt: sql`case when ${holds} then ${claims.claimedAt} else excluded.claimed_at end`,
					expiresAt
				},
				setWhere: or(eq(claims.accountId, accountId), lte(claims.expiresAt, at))
			})
			.returning({ subject: claims.subject });
	});
	if (!claimed) throw taken((await of(db.read, actor, [id])).get(id)?.by ?? 'Somebody');
}

/** Gives up a claim of one's own; nothing where there is none. @throws {Refusal} 401 */
export async function release(db: Database, actor: Actor, input: { id: string }): Promise<void> {
	requireAccount(actor);
	const { accountId } = actor;
	await db.write((tx) =>
		tx
			.delete(claims)
			.where(and(eq(claims.subject, subjectOf(input.id)), eq(claims.accountId, accountId)))
	);
}

/**
 * Ends whatever claim there is on a comment that was decided about, in the decision's transaction; of
 * the actor's own, keeps how long it took from looking to deciding.
 */
export async function settle(
	tx: Tx,
	actor: Actor,
	decided: { commentId: string; actionId: string }
): Promise<void> {
	const [claim] = await tx
		.delete(claims)
		.where(eq(claims.subject, subjectOf(decided.commentId)))
		.returning();
	const at = now();
	if (!claim || claim.accountId !== actor.accountId || claim.expiresAt <= at) return;
	const { actionId } = decided;
	const { accountId, claimedAt } = claim;
	const seconds = Math.round((at.getTime() - claimedAt.getTime()) / 1000);
	await tx.insert(decisionTimes).values({ actionId, accountId, seconds, createdAt: at });
}
