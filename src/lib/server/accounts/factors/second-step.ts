import type { Actor } from '../../actor.ts';
import type { Database, Read, Tx } from '../../database/database.ts';
import * as limits from '../../limits/limits.ts';
import { isRefusal, Refusal } from '../../refusal.ts';
import * as events from '../../security/events.ts';
import * as authenticators from './authenticators.ts';
import * as challenges from '../links/challenges.ts';
import * as passkeys from './passkeys.ts';
import * as recoveryCodes from './recovery-codes.ts';
import type { RelyingParty } from './relying-party.ts';
import type { SignInMethod } from '../sessions/sign-in-methods.ts';

/** A sign-in that waits for so long for its second factor. */
export const MINUTES = 10;

/** A sign-in whose first factor was right. */
export interface Waiting {
	accountId: string;
	/** What the first factor was. */
	method: SignInMethod;
	/** Where its reader goes afterwards. */
	next: string;
}

/** Keeps a sign-in for its second step; gives the secret for the browser's cookie. */
export function begin(db: Database, { accountId, method, next }: Waiting): Promise<string> {
	const data = { method, next };
	return db.write((tx) =>
		challenges.begin(tx, { kind: 'second-step', accountId, data, minutes: MINUTES })
	);
}

/** The sign-in that waits under a secret; null when none does or it waited too long. */
export async function look(read: Read, secret: string): Promise<Waiting | null> {
	const pending = await challenges.look(read, 'second-step', secret);
	if (!pending?.accountId) return null;
	const { method, next } = pending.data as Pick<Waiting, 'method' | 'next'>;
	return { accountId: pending.accountId, method, next };
}

/** The sign-in is not waiting any more. */
function over(): Refusal {
	return new Refusal(401, 'step-over', 'This took too long. Please sign in again.');
}

/** Ends the waiting, for the one who comes first. @throws {Refusal} 401 for all others. */
async function end(tx: Tx, secret: string): Promise<void> {
	if (!(await challenges.take(tx, 'second-step', secret))) throw over();
}

/**
 * Answers the second step with a code of the authenticator app, or a recovery code.
 * @throws {Refusal} 401 when nothing waits any more, 422 field `code` for a wrong or used one, 429.
 */
export async function answer(
	db: Database,
	actor: Actor,
	{ secret, code }: { secret: string; code: string }
): Promise<Waiting> {
	const waiting = await look(db.read, secret);
	if (!waiting) throw over();
	const { accountId } = waiting;
	const subject = { account: accountId };
	await db.write((tx) => limits.takeFor(tx, limits.secondFactor, subject));
	try {
		await useCode(db, actor, { accountId, code }, async (tx) => {
			await end(tx, secret);
			await limits.forget(tx, limits.secondFactor, subject);
		});
	} catch (thrown) {
		if (isRefusal(thrown) && thrown.code === 'wrong-code') {
			await events.record(db, actor, 'second-factor.failed', { accountId });
		}
		throw thrown;
	}
	return waiting;
}

/** Uses a code of either kind up, in one transaction with what it is for. @throws {Refusal} 422 */
async function useCode(
	db: Database,
	actor: Actor,
	{ accountId, code }: { accountId: string; code: string },
	then: (tx: Tx) => Promise<void>
): Promise<void> {
	const isRecovery = recoveryCodes.isCode(code);
	const checked = isRecovery ? null : await authenticators.check(db, accountId, code);
	await db.write(async (tx) => {
		const right = isRecovery
			? await recoveryCodes.use(tx, actor, accountId, code)
			: checked !== null && (await authenticators.use(tx, checked));
		if (!right) throw authenticators.wrongCode();
		await then(tx);
	});
}

/**
 * Answers the second step with a passkey of the account.
 * @throws {Refusal} 401 when nothing waits any more, or for what is no answer of such a passkey.
 */
export async function answerByPasskey(
	db: Database,
	actor: Actor,
	party: RelyingParty,
	{ secret, response }: { secret: string; response: string }
): Promise<Waiting> {
	const waiting = await look(db.read, secret);
	if (!waiting) throw over();
	await passkeys.use(db, actor, party, { accountId: waiting.accountId, response });
	await db.write((tx) => end(tx, secret));
	return waiting;
}
