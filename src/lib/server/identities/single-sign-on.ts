import * as challenges from '../accounts/links/challenges.ts';
import { requireRecent } from '../accounts/recent.ts';
import { newSecret } from '../accounts/secrets.ts';
import { requireAccount, type Actor } from '../actor.ts';
import { config } from '../config.ts';
import type { Database, Tx } from '../database/database.ts';
import { isUniqueViolation } from '../database/errors.ts';
import * as limits from '../limits/limits.ts';
import { notFound } from '../refusal.ts';
import { arrive, type Arrival } from './arriving.ts';
import { followName, followRole } from './following.ts';
import type { SingleSignOn } from './settings.ts';
import * as tokens from './sso-token.ts';

// Somebody may have to find a password over there.
export const MINUTES = 15;
const KIND = 'single-sign-on';
// Longer than any token works, so that none works twice.
const MEMORY_MINUTES = 15;

/** Somebody whom we sent to the newsroom to sign in. */
export interface Sent {
	next: string;
	linksTo: string | null;
}

/** How the newsroom's own accounts sign in. @throws {Refusal} 404 where they do not. */
export function settings(): SingleSignOn {
	const { singleSignOn } = config();
	if (!singleSignOn) throw notFound('page');
	return singleSignOn;
}

/**
 * Begins a sign-in at the newsroom's, or linking an account there to the actor's.
 * @param input.back our page that the newsroom sends the browser back to, with a token.
 * @returns the address to go to, and a secret for the browser.
 * @throws {Refusal} 404 where there is none, 401 and 403 `confirm-first` for linking, 429.
 */
export async function begin(
	db: Database,
	actor: Actor,
	input: { next: string; links: boolean; back: string }
): Promise<{ url: string; secret: string }> {
	const { url: address } = settings();
	if (input.links) {
		requireAccount(actor);
		requireRecent(actor);
	}
	const state = newSecret();
	const accountId = input.links ? actor.accountId : null;
	const secret = await db.write(async (tx) => {
		await limits.take(tx, limits.signInElsewhere, actor);
		const data = { state, next: input.next };
		return challenges.begin(tx, { kind: KIND, accountId, data, minutes: MINUTES });
	});
	const back = new URL(input.back);
	back.searchParams.set('state', state);
	const url = new URL(address);
	url.searchParams.set('return_to', back.href);
	return { url: url.href, secret };
}

/** Whom this browser's secret and the state that came back show to have been sent off by us; null for others. */
export async function sentBy(
	db: Database,
	actor: Actor,
	{ secret, state }: { secret: string; state: string }
): Promise<Sent | null> {
	const pending = await challenges.look(db.read, KIND, secret);
	if (!pending || pending.data.state !== state) return null;
	if (pending.accountId !== null && pending.accountId !== actor.accountId) return null;
	return { next: String(pending.data.next), linksTo: pending.accountId };
}

/** Whose a token is, for the page that asks before it signs in. @throws {Refusal} 404, 400 */
export async function nameIn(token: string, audience: string): Promise<string> {
	return (await tokens.read(settings(), token, audience)).profile.name;
}

async function spend(tx: Tx, issuer: string, id: string): Promise<void> {
	const secret = JSON.stringify([KIND, issuer, id]);
	if (await challenges.look(tx, KIND, secret)) throw tokens.used();
	await challenges.begin(tx, { kind: KIND, secret, minutes: MEMORY_MINUTES });
}

/**
 * Takes in somebody with a token of the newsroom's, which works once. The name that they have there
 * follows, if it is free here; so does their role, where tokens give roles.
 * @param input.sent what `sentBy` found, if it found something: it is used up.
 * @throws {Refusal} 404 where there is none, 400 for a token that does not work, 409 as `arrive`, 429.
 */
export async function enter(
	db: Database,
	actor: Actor,
	input: { token: string; audience: string; next: string; secret: string; sent: Sent | null }
): Promise<Arrival> {
	const { issuer, ...rest } = settings();
	const { sent } = input;
	const token = await tokens.read({ issuer, ...rest }, input.token, input.audience);
	try {
		await db.write(async (tx) => {
			await limits.take(tx, limits.signInElsewhere, actor);
			await spend(tx, issuer, token.id);
			if (sent && !(await challenges.take(tx, KIND, input.secret))) throw tokens.used();
		});
	} catch (thrown) {
		if (isUniqueViolation(thrown)) throw tokens.used();
		throw thrown;
	}
	const { profile } = token;
	const linksTo = sent?.linksTo ?? null;
	const arrival = await arrive(db, actor, { profile, next: input.next, linksTo });
	if (arrival.kind !== 'known') return arrival;
	const account = await followName(db, arrival.account, profile.name);
	return { kind: 'known', account: await followRole(db, account, profile.role) };
}
