import { relyingParty, type RelyingParty } from '#lib/server/accounts/factors/relying-party.ts';
import { notFound } from '#lib/server/refusal.ts';
import type { RequestEvent } from '@sveltejs/kit';
import { originOf } from './cookies.ts';

/** Whether passkeys can be used where the request came to. */
export function hasPasskeys(event: RequestEvent): boolean {
	return relyingParty(originOf(event)) !== null;
}

/** Where the passkeys of this request belong to. @throws {Refusal} 404 where there can be none. */
export function partyOf(event: RequestEvent): RelyingParty {
	const party = relyingParty(originOf(event));
	if (!party) throw notFound('way to use passkeys at a bare network address');
	return party;
}
