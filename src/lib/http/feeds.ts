import { ATOM, write, type Feed } from '#lib/feeds/atom.ts';
import { config } from '#lib/server/config.ts';
import { siteAddress } from '#lib/server/site/address.ts';
import { CLOSED_POLICY } from './headers.ts';

/** Where the site is, for what programs are told. */
export function here(): string {
	return siteAddress(config());
}

/** An answer with a text for programs. */
export function answer(type: string, text: string): Response {
	const headers = {
		'content-type': `${type}; charset=utf-8`,
		'content-security-policy': CLOSED_POLICY
	};
	return new Response(text, { headers });
}

/** An answer with a feed. */
export function feedAnswer(siteName: string, feed: Feed): Response {
	return answer(ATOM, write(feed, { name: siteName, origin: here() }));
}
