import { eq } from 'drizzle-orm';
import { byName } from '../../accounts/accounts.ts';
import { isLimited, requireRole, ROLES, type Actor, type Role } from '../../actor.ts';
import type { Read, Tx } from '../../database/database.ts';
import { forUpdate } from '../../database/dialect.ts';
import { accounts } from '../../database/schema.ts';
import { forbidden, notFound } from '../../refusal.ts';
import { SANCTION_KINDS, type SanctionKind } from '../restrictions.ts';
import type { Standing } from './effects.ts';

/** Somebody on whom something may be laid. */
export interface Target extends Standing {
	id: string;
	name: string;
	role: Role;
}

const columns = {
	id: accounts.id,
	name: accounts.name,
	role: accounts.role,
	warningId: accounts.warningId,
	approvalRequiredAt: accounts.approvalRequiredAt,
	suspendedUntil: accounts.suspendedUntil,
	bannedAt: accounts.bannedAt
};

/** Whether the actor may act on an account at all: not on its own, nor on staff at its rank or above. */
export function mayActOn(actor: Actor, account: Pick<Target, 'id' | 'role'>): boolean {
	if (actor.role === 'system') return true;
	if (actor.role === 'guest' || actor.barred || actor.role === 'reader') return false;
	if (account.id === actor.accountId) return false;
	return ROLES.indexOf(actor.role) > ROLES.indexOf(account.role);
}

/** What the actor may lay on an account: moderators who are limited to categories may warn. */
export function kindsFor(
	actor: Actor,
	account: Pick<Target, 'id' | 'role'>
): readonly SanctionKind[] {
	if (!mayActOn(actor, account)) return [];
	return isLimited(actor) ? ['warning'] : SANCTION_KINDS;
}

/** @throws {Refusal} 403 */
export function assertMay(
	actor: Actor,
	account: Pick<Target, 'id' | 'role'>,
	kind: SanctionKind
): void {
	if (account.id === actor.accountId) throw forbidden('You cannot do this to yourself.');
	if (!mayActOn(actor, account)) {
		throw forbidden('About staff of your rank and above somebody above them decides.');
	}
	if (!kindsFor(actor, account).includes(kind)) {
		throw forbidden('This is for moderators of the whole site.');
	}
}

/** Somebody's account with what was laid on it. @throws {Refusal} 401, 403 below moderator, 404 */
export async function find(read: Read, actor: Actor, name: string): Promise<Target> {
	requireRole(actor, 'moderator');
	const account = await byName(read, name);
	if (!account) throw notFound('person');
	const [target] = await read.select(columns).from(accounts).where(eq(accounts.id, account.id));
	return target;
}

/** An account, locked until the transaction ends, so that two who decide about it take turns. */
export async function lock(tx: Tx, accountId: string): Promise<Target> {
	const query = tx.select(columns).from(accounts).where(eq(accounts.id, accountId));
	const [target] = await forUpdate(query);
	return target;
}
