import { asc, eq, sql } from 'drizzle-orm';
import { requireRole, ROLES, type Actor, type Role } from '../actor.ts';
import type { Database, Tx } from '../database/database.ts';
import { forUpdate } from '../database/dialect.ts';
import { accounts, site } from '../database/schema.ts';
import * as log from '../moderation/log.ts';
import { conflict, invalid, notFound } from '../refusal.ts';
import * as events from '../security/events.ts';
import { byName } from './accounts.ts';
import { requireRecent } from './recent.ts';
import { accountColumns, type Account } from './rows.ts';
import * as sessions from './sessions/sessions.ts';

/** Whether a text is the name of a role. */
export function isRole(text: string): text is Role {
	return (ROLES as readonly string[]).includes(text);
}

/** The administrators, locked, so that two who demote each other take turns. */
function lockAdmins(tx: Tx) {
	const { id, deletesAt } = accounts;
	const admins = tx.select({ id, deletesAt }).from(accounts).where(eq(accounts.role, 'admin'));
	return forUpdate(admins.orderBy(asc(accounts.id)));
}

type Admins = Awaited<ReturnType<typeof lockAdmins>>;

/** @throws {Refusal} 409 when of the administrators none stays but this account. */
function assertOther(admins: Admins, accountId: string): void {
	if (admins.some(({ id, deletesAt }) => id !== accountId && deletesAt === null)) return;
	throw conflict('last-admin', 'The site needs an administrator: make another one first.');
}

/** Locks the administrators, if an account is one. @throws {Refusal} 409 for the last one who stays. */
export async function assertNotLastAdmin(tx: Tx, accountId: string): Promise<void> {
	const admins = await lockAdmins(tx);
	if (admins.some(({ id }) => id === accountId)) assertOther(admins, accountId);
}

async function change(tx: Tx, id: string, role: Role): Promise<Account> {
	const revision = sql`${accounts.revision} + 1`;
	const [account] = await tx
		.update(accounts)
		.set({ role, revision })
		.where(eq(accounts.id, id))
		.returning(accountColumns);
	// The role stands beside the name wherever its owner wrote.
	await tx.update(site).set({ revision: sql`${site.revision} + 1` });
	return account;
}

/**
 * Gives an account a role, with a line in the log, and ends its sessions. Giving the role that it
 * has changes nothing.
 * @throws {Refusal} 401, 403 for all but administrators and `confirm-first`, 404 for a name that nobody has, 409 for
 * the last administrator, 422 for what is no role.
 */
export async function give(
	db: Database,
	actor: Actor,
	input: { name: string; role: string }
): Promise<Account> {
	requireRole(actor, 'admin');
	requireRecent(actor);
	const { name, role } = input;
	if (!isRole(role)) {
		throw invalid('role', `The roles are ${ROLES.join(', ')}; there is no "${role}".`, 'role');
	}
	return db.write(async (tx) => {
		const admins = await lockAdmins(tx);
		// An administrator who is none any more, since a moment, gives nothing.
		if (actor.role !== 'system' && !admins.some(({ id }) => id === actor.accountId)) {
			requireRole({ ...actor, role: 'reader' }, 'admin');
		}
		const account = await byName(tx, name);
		if (!account) throw notFound('account');
		if (account.role === role) return account;
		const { id: accountId } = account;
		if (account.role === 'admin') assertOther(admins, accountId);
		const details = { from: account.role, to: role };
		await log.record(tx, actor, { kind: 'account.role', subject: { accountId }, details });
		await events.record(tx, actor, 'role.changed', { accountId, details });
		await sessions.endAll(tx, accountId);
		return change(tx, accountId, role);
	});
}
