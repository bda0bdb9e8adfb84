import { sql } from 'drizzle-orm';
import type { Actor, ActorSession, Role } from '../actor.ts';
import { now } from '../clock.ts';
import { config } from '../config.ts';
import { accounts } from '../database/schema.ts';
import { barredOf } from './barred.ts';

/** An account as the rest of the software knows it: no address, no password. */
export interface Account {
	id: string;
	name: string;
	role: Role;
	bio: string;
	/** The id of its picture; null for the one that is drawn. */
	pictureId: string | null;
	createdAt: Date;
	suspendedUntil: Date | null;
	bannedAt: Date | null;
	/** When it will be deleted, unless its owner changes their mind. */
	deletesAt: Date | null;
	/** The warning that it has to acknowledge before it posts again. */
	warningId: string | null;
	/** It has an e-mail address that nobody confirmed. */
	unconfirmed: boolean;
	/** Of a moderator: the ids of the categories that it is limited to; null for all. */
	moderates: string[] | null;
	revision: number;
}

/** Whether an account has an e-mail address that nobody confirmed, for a select. */
export const unconfirmed =
	sql`${accounts.email} is not null and ${accounts.emailConfirmedAt} is null`.mapWith(Boolean);

/** The columns of an `Account`, for a select. */
export const accountColumns = {
	id: accounts.id,
	name: accounts.name,
	role: accounts.role,
	bio: accounts.bio,
	pictureId: accounts.pictureId,
	createdAt: accounts.createdAt,
	suspendedUntil: accounts.suspendedUntil,
	bannedAt: accounts.bannedAt,
	deletesAt: accounts.deletesAt,
	warningId: accounts.warningId,
	unconfirmed,
	moderates: accounts.moderates,
	revision: accounts.revision
};

/** Where a request came from, and in which session. */
export interface Origin {
	session?: ActorSession;
	requestId?: string;
}

/** Whether somebody's role waits: staff work in sessions that a second factor was given for. */
function isWaiting({ role }: Account, session: ActorSession | undefined): boolean {
	if (role === 'reader' || !session || session.secondFactorAt !== null) return false;
	return config().staffSecondFactor;
}

/** The actor that an account is, at this moment; `address` is where its request came from. */
export function actorOf(
	account: Account,
	address: string | null,
	{ session, requestId }: Origin = {},
	at = now()
): Actor {
	const waits = isWaiting(account, session);
	return {
		accountId: account.id,
		name: account.name,
		role: waits ? 'reader' : account.role,
		pictureId: account.pictureId,
		address,
		barred: barredOf(account, at),
		warned: account.warningId !== null,
		unconfirmed: account.unconfirmed,
		leavesAt: account.deletesAt,
		moderates: account.moderates,
		...(waits && { waitingRole: account.role }),
		...(session && { session }),
		...(requestId && { requestId })
	};
}
