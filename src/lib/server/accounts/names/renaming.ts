import { and, eq, isNull, sql } from 'drizzle-orm';
import { requireAccount, type Actor } from '../../actor.ts';
import { now } from '../../clock.ts';
import type { Database, Read, Tx } from '../../database/database.ts';
import { forUpdate } from '../../database/dialect.ts';
import { isUniqueViolation } from '../../database/errors.ts';
import { accounts } from '../../database/schema.ts';
import * as limits from '../../limits/limits.ts';
import { conflict } from '../../refusal.ts';
import * as events from '../../security/events.ts';
import * as site from '../../site/site.ts';
import * as names from './names.ts';
import { nameChanged, tell } from '../addresses/owner-mail.ts';
import * as previousNames from './previous-names.ts';
import { accountColumns, type Account } from '../rows.ts';
import { assertNeverAnothers, isTaken, nameTaken } from './taken-names.ts';

/** Often enough for a marriage or a slip, too seldom to slip away from what one said. */
export const DAYS_BETWEEN = 30;

/** When an account that was renamed at a time may be renamed again; null for at once. */
export function mayAgainAt(renamedAt: Date | null, at: Date): Date | null {
	if (renamedAt === null) return null;
	const again = new Date(renamedAt.getTime() + DAYS_BETWEEN * 24 * 60 * 60 * 1000);
	return again > at ? again : null;
}

/** When the actor may take another name; null for at once. @throws {Refusal} 401 */
export async function nextAt(read: Read, actor: Actor): Promise<Date | null> {
	requireAccount(actor);
	const [row] = await read
		.select({ renamedAt: accounts.renamedAt })
		.from(accounts)
		.where(eq(accounts.id, actor.accountId));
	return mayAgainAt(row.renamedAt, now());
}

type Row = typeof accounts.$inferSelect;

/** An account that is to have another name, until the transaction's end; undefined for none or a deleted one. */
export async function lock(tx: Tx, accountId: string): Promise<Row | undefined> {
	const one = and(eq(accounts.id, accountId), isNull(accounts.deletedAt));
	return (await forUpdate(tx.select().from(accounts).where(one))).at(0);
}

/**
 * Gives a locked account a name that is not taken; its present one is kept for it.
 * @throws {Refusal} 409 `name-taken` when another account had it since a moment.
 */
export async function give(tx: Tx, actor: Actor, row: Row, to: names.Name): Promise<Account> {
	const { id: accountId, name, nameKey, nameSkeleton } = row;
	const [account] = await tx
		.update(accounts)
		.set({
			...{ name: to.name, nameKey: to.key, nameSkeleton: to.skeleton, renamedAt: now() },
			revision: sql`${accounts.revision} + 1`
		})
		.where(eq(accounts.id, accountId))
		.returning(accountColumns);
	await assertNeverAnothers(tx, to, accountId);
	await previousNames.keep(tx, accountId, {
		from: { name, key: nameKey, skeleton: nameSkeleton },
		to
	});
	// The name stands wherever its owner wrote or is quoted.
	await site.touch(tx);
	await events.record(tx, actor, 'name.changed', {
		accountId,
		details: { from: name, to: to.name }
	});
	return account;
}

async function change(tx: Tx, actor: Actor, accountId: string, to: names.Name): Promise<void> {
	await limits.take(tx, limits.rename, actor);
	const row = await lock(tx, accountId);
	if (!row || row.name === to.name) return;
	const again = mayAgainAt(row.renamedAt, now());
	if (again !== null) {
		const day = again.toISOString().slice(0, 10);
		throw conflict('renamed-lately', `You can change your name again on ${day}.`);
	}
	if (await isTaken(tx, to, accountId)) throw nameTaken();
	await give(tx, actor, row, to);
	await tell(tx, accountId, nameChanged({ from: row.name, to: to.name }));
}

/**
 * Gives the actor's account another name, once in 30 days. The old one is kept: nobody else may have
 * it, and its owner may take it back.
 * @returns the name as it is shown.
 * @throws {Refusal} 401, 409 too soon after the last time or when the name is taken, 422, 429.
 */
export async function rename(db: Database, actor: Actor, text: string): Promise<string> {
	requireAccount(actor);
	const { accountId } = actor;
	const to = names.check(text);
	try {
		await db.write((tx) => change(tx, actor, accountId, to));
	} catch (error) {
		if (!isUniqueViolation(error)) throw error;
		throw nameTaken();
	}
	return to.name;
}
