import {
	verifyAuthenticationResponse,
	verifyRegistrationResponse,
	type AuthenticationResponseJSON,
	type RegistrationResponseJSON,
	type WebAuthnCredential
} from '@simplewebauthn/server';
import { and, eq, lt } from 'drizzle-orm';
import type { Actor } from '../../actor.ts';
import { now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { passkeys } from '../../database/schema.ts';
import { Refusal } from '../../refusal.ts';
import * as events from '../../security/events.ts';
import type { ChallengeKind } from '../links/challenge-kinds.ts';
import * as challenges from '../links/challenges.ts';
import type { RelyingParty } from './relying-party.ts';

// Some kilobytes are a long answer.
const LONGEST = 20_000;

type Row = typeof passkeys.$inferSelect;

/** The same words whatever was wrong. */
function notAccepted(): Refusal {
	return new Refusal(
		401,
		'passkey',
		'This passkey could not be used. Please try again, or sign in another way.'
	);
}

function parse<Response extends { id: string }>(text: string): Response {
	try {
		const response = text.length <= LONGEST ? (JSON.parse(text) as Response | null) : null;
		if (typeof response?.id === 'string') return response;
	} catch {
		// What is no JSON is no answer either.
	}
	throw notAccepted();
}

/** Takes the question that an answer names, for an account or for anybody; each is answered once. */
function taker(db: Database, kind: ChallengeKind, accountId: string | null) {
	return async (challenge: string): Promise<boolean> => {
		const question = await db.write((tx) => challenges.take(tx, kind, challenge));
		return question !== null && question.accountId === accountId;
	};
}

/**
 * The new passkey in a browser's answer to `toAdd`.
 * @throws {Refusal} 401 for an answer that is not to our question, from here and verified.
 */
export async function added(
	db: Database,
	party: RelyingParty,
	{ accountId, response }: { accountId: string; response: string }
): Promise<{ credential: WebAuthnCredential; synced: boolean }> {
	const { registrationInfo } = await verifyRegistrationResponse({
		response: parse<RegistrationResponseJSON>(response),
		expectedChallenge: taker(db, 'passkey-add', accountId),
		expectedOrigin: party.origin,
		expectedRPID: party.id
	}).catch(() => ({ registrationInfo: undefined }));
	if (!registrationInfo) throw notAccepted();
	const { credential, credentialBackedUp } = registrationInfo;
	return { credential, synced: credentialBackedUp };
}

/** An answer that was verified, but for its counter. */
export interface Used {
	passkey: Row;
	counter: number;
}

/**
 * Verifies a browser's answer to `toUse`: for a sign-in of anybody (`accountId` null), or of one account.
 * @throws {Refusal} 401.
 */
export async function used(
	db: Database,
	actor: Actor,
	party: RelyingParty,
	{ accountId, response: text }: { accountId: string | null; response: string }
): Promise<Used> {
	const response = parse<AuthenticationResponseJSON>(text);
	const [passkey] = await db.read.select().from(passkeys).where(eq(passkeys.id, response.id));
	if (!passkey || (accountId !== null && passkey.accountId !== accountId)) throw notAccepted();
	const kind = accountId === null ? 'passkey-sign-in' : 'passkey-confirm';
	const { id, transports } = passkey;
	const publicKey = new Uint8Array(Buffer.from(passkey.publicKey, 'base64url'));
	const outcome = await verifyAuthenticationResponse({
		...{ response, expectedOrigin: party.origin, expectedRPID: party.id },
		expectedChallenge: taker(db, kind, accountId),
		// The counter is compared where it is written, so that of two answers at once one is too late.
		credential: { id, publicKey, transports, counter: 0 }
	}).catch(() => null);
	if (!outcome?.verified) throw await refused(db, actor, passkey, 'not verified');
	return { passkey, counter: outcome.authenticationInfo.newCounter };
}

/** Records that a passkey was refused, and why; gives the refusal. */
async function refused(db: Database, actor: Actor, passkey: Row, reason: string): Promise<Refusal> {
	await events.record(db, actor, 'second-factor.failed', {
		accountId: passkey.accountId,
		details: { factor: 'passkey', reason }
	});
	return notAccepted();
}

/**
 * Writes down that a passkey was used. One whose counter did not grow may be a copy: it is refused,
 * and that is recorded.
 * @throws {Refusal} 401.
 */
export async function count(db: Database, actor: Actor, { passkey, counter }: Used): Promise<void> {
	const grown = counter === 0 ? eq(passkeys.counter, 0) : lt(passkeys.counter, counter);
	const rows = await db.write((tx) =>
		tx
			.update(passkeys)
			.set({ counter, usedAt: now() })
			.where(and(eq(passkeys.id, passkey.id), grown))
			.returning()
	);
	if (rows.length === 0) throw await refused(db, actor, passkey, 'counter');
}
