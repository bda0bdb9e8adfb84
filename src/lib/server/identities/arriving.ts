import { eq } from 'drizzle-orm';
import * as challenges from '../accounts/links/challenges.ts';
import { emailKey } from '../accounts/addresses/emails.ts';
import type { Account } from '../accounts/rows.ts';
import type { Actor } from '../actor.ts';
import type { Database, Read } from '../database/database.ts';
import { isUniqueViolation } from '../database/errors.ts';
import { accounts } from '../database/schema.ts';
import { conflict } from '../refusal.ts';
import * as identities from './identities.ts';
import type { Profile } from './profile.ts';

/** What becomes of somebody who showed an account elsewhere. */
export type Arrival =
	| { kind: 'known'; account: Account }
	| { kind: 'linked' }
	/** They choose a name first; `secret` is for their browser. */
	| { kind: 'new'; secret: string };

/** A newcomer who is to choose a name. */
export interface Waiting {
	profile: Profile;
	/** Where they go on to. */
	next: string;
}

// Choosing a name takes a while; what was proved elsewhere should not be old.
export const NAMING_MINUTES = 30;
const KIND = 'provider';
const STAGE = 'naming';

/** 409 for an account elsewhere that is linked to somebody else's account here. */
function ofSomebodyElse({ provider }: Profile) {
	return conflict(
		'identity-taken',
		`Another account here is linked to this account with ${identities.nameOf(provider)}.`
	);
}

/**
 * An address that has an account already is never linked by itself: a provider that is wrong about it,
 * or a mailbox that has a new owner, would open somebody's account.
 */
async function assertAddressFree(read: Read, { provider, email }: Profile): Promise<void> {
	if (email === '') return;
	const where = eq(accounts.emailKey, emailKey(email)!);
	if ((await read.$count(accounts, where)) === 0) return;
	throw conflict(
		'sign-in-to-link',
		`There is an account with your e-mail address here already. Please sign in to it another way; then you can link ${identities.nameOf(provider)} under "Signing in" of your account.`
	);
}

async function linkTo(db: Database, actor: Actor, profile: Profile, accountId: string) {
	try {
		await db.write(async (tx) => {
			const account = await identities.accountOf(tx, profile);
			if (account && account.id !== accountId) throw ofSomebodyElse(profile);
			if (account) await identities.use(tx, profile);
			else await identities.link(tx, actor, profile, accountId);
		});
	} catch (thrown) {
		if (isUniqueViolation(thrown)) throw ofSomebodyElse(profile);
		throw thrown;
	}
}

/**
 * Takes in somebody who showed an account elsewhere: signs in to the account that it is linked to, links
 * it to the one that asked for that, or else has a newcomer choose a name.
 * @param linksTo the account that asked to have it linked.
 * @throws {Refusal} 409 when it is linked to another account, or its address has an account already.
 */
export async function arrive(
	db: Database,
	actor: Actor,
	input: { profile: Profile; next: string; linksTo: string | null }
): Promise<Arrival> {
	const { profile, next, linksTo } = input;
	if (linksTo !== null) {
		await linkTo(db, actor, profile, linksTo);
		return { kind: 'linked' };
	}
	const account = await identities.accountOf(db.read, profile);
	if (account) {
		await db.write((tx) => identities.use(tx, profile));
		return { kind: 'known', account };
	}
	await assertAddressFree(db.read, profile);
	const data = { stage: STAGE, profile, next };
	const secret = await db.write((tx) =>
		challenges.begin(tx, { kind: KIND, data, minutes: NAMING_MINUTES })
	);
	return { kind: 'new', secret };
}

/** What of a pending challenge is a newcomer's; null for anything else. */
export function waitingOf(pending: challenges.Pending | null): Waiting | null {
	if (pending?.data.stage !== STAGE) return null;
	const { profile, next } = pending.data as unknown as Waiting;
	return { profile, next };
}
