import { and, asc, eq, gt, isNull, lte } from 'drizzle-orm';
import { requireRole, type Actor } from '../../actor.ts';
import { now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { accounts } from '../../database/schema.ts';
import { notFound } from '../../refusal.ts';
import * as events from '../../security/events.ts';
import { byName } from '../accounts.ts';
import { assertNotLastAdmin } from '../roles.ts';
import { erase } from './erase.ts';
import { forget, withdrawComments } from './many.ts';

/**
 * Deletes an account whose time has come. Its row says until the end that this goes on, so that who
 * broke off begins again, and every step does what is left of it: done twice, or by two processes
 * together, it is as if done once.
 */
async function finish(db: Database, accountId: string): Promise<void> {
	await db.write((tx) => erase(tx, accountId));
	const [row] = await db.read
		.select({ deletedAt: accounts.deletedAt, withComments: accounts.deletesComments })
		.from(accounts)
		.where(eq(accounts.id, accountId));
	if (row.deletedAt === null) return;
	await forget(db, accountId);
	if (row.withComments) await withdrawComments(db, accountId);
	const over = { deletesAt: null, deletesComments: false };
	await db.write((tx) => tx.update(accounts).set(over).where(eq(accounts.id, accountId)));
}

/** Deletes the accounts whose time to be kept is over. */
export async function deleteDue(db: Database): Promise<void> {
	for (let after = ''; ;) {
		const [due] = await db.read
			.select({ id: accounts.id })
			.from(accounts)
			.where(and(lte(accounts.deletesAt, now()), gt(accounts.id, after)))
			.orderBy(asc(accounts.id))
			.limit(1);
		if (!due) return;
		await finish(db, due.id);
		after = due.id;
	}
}

/**
 * Deletes an account at once, as its owner asked the operator for: there is no time to change one's mind.
 * @throws {Refusal} 401, 403 for all but administrators, 404, 409 for the last administrator.
 */
export async function deleteNow(
	db: Database,
	actor: Actor,
	input: { name: string; withComments: boolean }
): Promise<void> {
	requireRole(actor, 'admin');
	const id = await db.write(async (tx) => {
		const account = await byName(tx, input.name);
		if (!account) throw notFound('account');
		await assertNotLastAdmin(tx, account.id);
		await tx
			.update(accounts)
			.set({ deletesAt: now(), deletesComments: input.withComments })
			.where(and(eq(accounts.id, account.id), isNull(accounts.deletedAt)));
		const details = { comments: input.withComments ? 'delete' : 'keep' };
		await events.record(tx, actor, 'account.delete-asked', { accountId: account.id, details });
		return account.id;
	});
	await finish(db, id);
}
