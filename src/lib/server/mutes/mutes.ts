import { and, count, desc, eq } from 'drizzle-orm';
import { byName } from '../accounts/accounts.ts';
import { requireAccount, type Actor } from '../actor.ts';
import { now } from '../clock.ts';
import { personUrl } from '../comments/present.ts';
import type { Database, Read } from '../database/database.ts';
import { accounts, mutes } from '../database/schema.ts';
import * as limits from '../limits/limits.ts';
import { forbidden, invalid, notFound } from '../refusal.ts';

/** More people than anybody meets here; all of them stand on one page. */
export const MOST_MUTED = 500;

async function idOf(read: Read, name: string): Promise<string> {
	const account = await byName(read, name);
	if (!account) throw notFound('account');
	return account.id;
}

function isOf(accountId: string, mutedId: string) {
	return and(eq(mutes.accountId, accountId), eq(mutes.mutedId, mutedId));
}

/**
 * Folds somebody's comments for the actor alone, who is told of none of them; nobody else learns it.
 * Again is the same as once.
 * @throws {Refusal} 401, 403 for oneself, 404, 422 when the actor muted very many people, 429.
 */
export async function mute(db: Database, actor: Actor, name: string): Promise<void> {
	requireAccount(actor);
	const { accountId } = actor;
	const mutedId = await idOf(db.read, name);
	if (mutedId === accountId) throw forbidden('You cannot mute yourself.');
	await db.write(async (tx) => {
		await limits.take(tx, limits.arrange, actor);
		const [all] = await tx
			.select({ count: count() })
			.from(mutes)
			.where(eq(mutes.accountId, accountId));
		if (all.count >= MOST_MUTED) {
			throw invalid(
				'too-many',
				`You can mute at most ${MOST_MUTED} people: unmute somebody first.`
			);
		}
		await tx.insert(mutes).values({ accountId, mutedId, createdAt: now() }).onConflictDoNothing();
	});
}

/** Shows their comments again. @throws {Refusal} 401, 404, 429 */
export async function unmute(db: Database, actor: Actor, name: string): Promise<void> {
	requireAccount(actor);
	const mutedId = await idOf(db.read, name);
	await db.write(async (tx) => {
		await limits.take(tx, limits.arrange, actor);
		await tx.delete(mutes).where(isOf(actor.accountId, mutedId));
	});
}

/** Whether the actor muted an account. */
export async function isMuted(db: Read, actor: Actor, mutedId: string): Promise<boolean> {
	if (actor.accountId === null) return false;
	const rows = await db
		.select({ id: mutes.mutedId })
		.from(mutes)
		.where(isOf(actor.accountId, mutedId));
	return rows.length > 0;
}

/** Somebody whom an account muted. */
export interface MuteView {
	name: string;
	/** `/people/NAME` */
	url: string;
	since: Date;
}

/** Everybody whom the actor muted, latest first. @throws {Refusal} 401 */
export async function list(db: Database, actor: Actor): Promise<MuteView[]> {
	requireAccount(actor);
	const rows = await db.read
		.select({ name: accounts.name, since: mutes.createdAt })
		.from(mutes)
		.innerJoin(accounts, eq(accounts.id, mutes.mutedId))
		.where(eq(mutes.accountId, actor.accountId))
		.orderBy(desc(mutes.createdAt), desc(mutes.mutedId))
		.limit(MOST_MUTED);
	return rows.map((row) => ({ ...row, url: personUrl(row.name) }));
}
