import {
	generateAuthenticationOptions,
	generateRegistrationOptions,
	type PublicKeyCredentialCreationOptionsJSON,
	type PublicKeyCredentialRequestOptionsJSON
} from '@simplewebauthn/server';
import { asc, eq } from 'drizzle-orm';
import { requireAccount, type Actor } from '../../actor.ts';
import type { Database, Read } from '../../database/database.ts';
import { passkeys } from '../../database/schema.ts';
import * as limits from '../../limits/limits.ts';
import { network } from '../../limits/network.ts';
import { conflict } from '../../refusal.ts';
import type { ChallengeKind } from '../links/challenge-kinds.ts';
import * as challenges from '../links/challenges.ts';
import { siteName } from '../signing-up/enrol.ts';
import { requireRecent } from '../recent.ts';
import type { RelyingParty } from './relying-party.ts';

/** For so long a browser may wait for its reader's finger. */
const MINUTES = 5;
/** One for each of somebody's devices, and some to spare. */
const MOST = 20;

interface Question {
	kind: Extract<ChallengeKind, `passkey-${string}`>;
	accountId: string | null;
	secret: string;
}

async function keep(db: Database, actor: Actor, question: Question): Promise<void> {
	await db.write(async (tx) => {
		const subject = { network: actor.address === null ? null : network(actor.address) };
		await limits.takeFor(tx, limits.passkey, subject);
		await challenges.begin(tx, { ...question, minutes: MINUTES });
	});
}

async function known(read: Read, accountId: string) {
	const { id, transports, createdAt } = passkeys;
	return read
		.select({ id, transports })
		.from(passkeys)
		.where(eq(passkeys.accountId, accountId))
		.orderBy(asc(createdAt));
}

/**
 * What a browser asks an authenticator to make a new passkey of the actor by.
 * @throws {Refusal} 401 for a guest, 403 `confirm-first`, 409 for too many, 429.
 */
export async function toAdd(
	db: Database,
	actor: Actor,
	party: RelyingParty
): Promise<PublicKeyCredentialCreationOptionsJSON> {
	requireAccount(actor);
	requireRecent(actor);
	const { accountId, name } = actor;
	const excludeCredentials = await known(db.read, accountId);
	if (excludeCredentials.length >= MOST) {
		throw conflict('too-many-passkeys', `An account can have ${MOST} passkeys. Remove one first.`);
	}
	const options = await generateRegistrationOptions({
		...{ rpName: await siteName(db.read), rpID: party.id, excludeCredentials },
		...{ userName: name, userDisplayName: name, userID: new TextEncoder().encode(accountId) },
		authenticatorSelection: { residentKey: 'required', userVerification: 'required' }
	});
	await keep(db, actor, { kind: 'passkey-add', accountId, secret: options.challenge });
	return options;
}

/**
 * What a browser asks for a passkey by: of anybody for a sign-in, of one account for its second step
 * or to confirm that it is still its owner.
 * @throws {Refusal} 429.
 */
export async function toUse(
	db: Database,
	actor: Actor,
	party: RelyingParty,
	accountId: string | null
): Promise<PublicKeyCredentialRequestOptionsJSON> {
	const options = await generateAuthenticationOptions({
		rpID: party.id,
		userVerification: 'required',
		allowCredentials: accountId === null ? [] : await known(db.read, accountId)
	});
	const kind = accountId === null ? 'passkey-sign-in' : 'passkey-confirm';
	await keep(db, actor, { kind, accountId, secret: options.challenge });
	return options;
}
