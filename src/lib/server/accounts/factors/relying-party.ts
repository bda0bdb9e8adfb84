import { isIP } from 'node:net';

/** Where passkeys belong to, as authenticators know it. */
export interface RelyingParty {
	/** The host's name. */
	id: string;
	origin: string;
}

/** The relying party of an origin; null where there can be none: a bare network address has no passkeys. */
export function relyingParty(origin: string): RelyingParty | null {
	const id = new URL(origin).hostname;
	return isIP(id.replace(/^\[|\]$/g, '')) ? null : { id, origin };
}
