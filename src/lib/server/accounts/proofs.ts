import { and, eq } from 'drizzle-orm';
import { requireAccount, type Actor, type Member } from '../actor.ts';
import { now } from '../clock.ts';
import { config } from '../config.ts';
import type { Database, Tx } from '../database/database.ts';
import { sessions } from '../database/schema.ts';
import * as limits from '../limits/limits.ts';
import { invalid } from '../refusal.ts';
import * as accountFound from './found.ts';
import type { Found } from './found.ts';
import * as rules from './passwords/password-rules.ts';
import * as passwords from './passwords/passwords.ts';
import { requireRecent } from './recent.ts';
import * as secondFactors from './factors/second-factors.ts';

async function verify(db: Database, found: Found, current: string): Promise<void> {
	const subject = { account: found.account.id };
	await db.write((tx) => limits.takeFor(tx, limits.signInAccount, subject));
	const isRight =
		found.passwordHash !== null &&
		current.length <= rules.LONGEST_UNITS &&
		(await passwords.verify(found.passwordHash, current));
	if (!isRight) throw invalid('wrong-password', 'This is not your present password.', 'current');
	await db.write((tx) => limits.forget(tx, limits.signInAccount, subject));
}

/**
 * Asks for the actor's present password, before what a stolen session must not be enough for; of an
 * account that has none, for a fresh proof of another kind.
 * @throws {Refusal} 422, field `current`, for another password, 403 `confirm-first` without one, 429.
 */
export async function prove(db: Database, actor: Member, current: string): Promise<Found> {
	const found = (await accountFound.byId(db.read, actor.accountId))!;
	if (found.passwordHash === null) requireRecent(actor);
	else await verify(db, found, current);
	return found;
}

/** Notes that the actor proved just now, in this session, who they are. */
export async function refresh(tx: Tx, { accountId, session }: Member): Promise<void> {
	if (!session) return;
	const { accountId: owner, handle } = sessions;
	await tx
		.update(sessions)
		.set({ authenticatedAt: now() })
		.where(and(eq(owner, accountId), eq(handle, session.handle)));
}

/**
 * Takes the actor's password as a fresh proof of who they are, for some minutes.
 * @throws {Refusal} 401, 422, field `current`, when it is not theirs, 429.
 */
export async function confirm(db: Database, actor: Actor, current: string): Promise<void> {
	requireAccount(actor);
	await verify(db, (await accountFound.byId(db.read, actor.accountId))!, current);
	await db.write((tx) => refresh(tx, actor));
}

/**
 * How the actor can prove who they are: by a password, by a passkey, by a link that is mailed.
 * @throws {Refusal} 401
 */
export async function means(
	db: Database,
	actor: Actor
): Promise<{ password: boolean; passkey: boolean; link: boolean }> {
	requireAccount(actor);
	const found = await accountFound.byId(db.read, actor.accountId);
	return {
		password: found?.passwordHash != null,
		passkey: (await secondFactors.of(db.read, actor.accountId)).passkey,
		link: found?.email != null && config().mail !== null
	};
}
