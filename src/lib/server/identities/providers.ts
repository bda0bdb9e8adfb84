import * as challenges from '../accounts/links/challenges.ts';
import { requireRecent } from '../accounts/recent.ts';
import { requireAccount, type Actor } from '../actor.ts';
import { config } from '../config.ts';
import type { Database } from '../database/database.ts';
import * as limits from '../limits/limits.ts';
import { notFound, Refusal } from '../refusal.ts';
import { arrive, type Arrival } from './arriving.ts';
import * as openid from './openid.ts';
import type { Provider } from './settings.ts';

// Somebody may have to find a password or a telephone over there.
export const MINUTES = 15;
const KIND = 'provider';
const STAGE = 'asked';

interface Asked {
	stage: typeof STAGE;
	provider: string;
	checks: openid.Checks;
	next: string;
}

/** 400 whether it was used, waited too long or was never begun in this browser. */
function over(): Refusal {
	return new Refusal(
		400,
		'provider-over',
		'This sign-in took too long, was used already or began in another browser. Please begin again.'
	);
}

/** A provider by its key. @throws {Refusal} 404 for one that is not set up. */
export function providerOf(key: string): Provider {
	const provider = config().providers.find((one) => one.key === key);
	if (!provider) throw notFound('page');
	return provider;
}

/**
 * Begins a sign-in with an account elsewhere, or linking one to the actor's account.
 * @param input.back the address that the provider sends the browser back to.
 * @returns the address to go to, and a secret for the browser.
 * @throws {Refusal} 404 for no such provider, 401 and 403 `confirm-first` for linking, 429, 502.
 */
export async function begin(
	db: Database,
	actor: Actor,
	input: { provider: string; next: string; links: boolean; back: string }
): Promise<{ url: string; secret: string }> {
	const provider = providerOf(input.provider);
	if (input.links) {
		requireAccount(actor);
		requireRecent(actor);
	}
	await db.write((tx) => limits.take(tx, limits.signInElsewhere, actor));
	const { url, checks } = await openid.ask(provider, input.back);
	const { next } = input;
	const data = { stage: STAGE, provider: provider.key, checks, next };
	const accountId = input.links ? actor.accountId : null;
	const secret = await db.write((tx) =>
		challenges.begin(tx, { kind: KIND, accountId, data, minutes: MINUTES })
	);
	return { url, secret };
}

/** Takes a sign-in that was begun, if the state that came back is its own: each is answered once. */
async function takeAsked(db: Database, actor: Actor, key: string, secret: string, state: string) {
	return db.write(async (tx) => {
		const pending = await challenges.look(tx, KIND, secret);
		const asked = pending?.data as Partial<Asked> | undefined;
		if (asked?.stage !== STAGE || asked.provider !== key || asked.checks?.state !== state) {
			throw over();
		}
		const taken = await challenges.take(tx, KIND, secret);
		// Who signed out or in as somebody else meanwhile did not mean this account.
		if (!taken || (taken.accountId !== null && taken.accountId !== actor.accountId)) throw over();
		return { linksTo: taken.accountId, ...(taken.data as unknown as Asked) };
	});
}

/**
 * Ends what `begin` began, with the provider's answer.
 * @param input.answer the address at which the provider sent the browser back.
 * @throws {Refusal} 404 for no such provider, 400 for an answer that is late, not this browser's, or a
 * no; 502 for one that cannot be relied on; 409 as `arrive`.
 */
export async function end(
	db: Database,
	actor: Actor,
	input: { provider: string; secret: string; answer: URL }
): Promise<{ arrival: Arrival; next: string }> {
	const provider = providerOf(input.provider);
	const state = input.answer.searchParams.get('state') ?? '';
	const asked = await takeAsked(db, actor, provider.key, input.secret, state);
	const profile = await openid.profileFrom(provider, input.answer, asked.checks);
	const { next, linksTo } = asked;
	return { arrival: await arrive(db, actor, { profile, next, linksTo }), next };
}
