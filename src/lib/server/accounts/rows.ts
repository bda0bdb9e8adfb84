import type { Actor, ActorSession, Role } from '../actor.ts';
import { now } from '../clock.ts';
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
	/** The warning that it has to acknowledge before it posts again. */
	warningId: string | null;
	/** Of a moderator: the ids of the categories that it is limited to; null for all. */
	moderates: string[] | null;
	revision: number;
}

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
	warningId: accounts.warningId,
	moderates: accounts.moderates,
	revision: accounts.revision
};

/** Where a request came from, and in which session. */
export interface Origin {
	session?: ActorSession;
	requestId?: string;
}

/** The actor that an account is, at this moment; `address` is where its request came from. */
export function actorOf(
	account: Account,
	address: string | null,
	{ session, requestId }: Origin = {},
	at = now()
): Actor {
	return {
		accountId: account.id,
		name: account.name,
		role: account.role,
		address,
		barred: barredOf(account, at),
		warned: account.warningId !== null,
		moderates: account.moderates,
		...(session && { session }),
		...(requestId && { requestId })
	};
}
