import { and, eq, gt } from 'drizzle-orm';
import { requireAccount, type Actor } from '../../actor.ts';
import { now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { passkeys, sessions } from '../../database/schema.ts';
import * as authenticators from './authenticators.ts';
import * as recoveryCodes from './recovery-codes.ts';

/** How an account is guarded, in numbers. */
export interface Overview {
	/** When its authenticator app was set up; null for none. */
	authenticatorSince: Date | null;
	passkeys: number;
	/** Recovery codes that were not used yet. */
	recoveryCodes: number;
	/** Browsers that are signed in. */
	sessions: number;
}

/** How the actor's account is guarded. @throws {Refusal} 401 for a guest. */
export async function of(db: Database, actor: Actor): Promise<Overview> {
	requireAccount(actor);
	const { accountId } = actor;
	const open = and(eq(sessions.accountId, accountId), gt(sessions.expiresAt, now()));
	return {
		authenticatorSince: await authenticators.since(db, actor),
		passkeys: await db.read.$count(passkeys, eq(passkeys.accountId, accountId)),
		recoveryCodes: await recoveryCodes.left(db.read, accountId),
		sessions: await db.read.$count(sessions, open)
	};
}
