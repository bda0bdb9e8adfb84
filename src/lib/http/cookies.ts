import { hostCookie, type HostCookie } from '#lib/server/accounts/sessions/sessions.ts';
import { config } from '#lib/server/config.ts';
import type { RequestEvent } from '@sveltejs/kit';
import type { CookieName } from './cookie-names.ts';
import { ownOrigin } from './origins.ts';

/** The origin that the browser sees. */
export function originOf(event: RequestEvent): string {
	return ownOrigin(config().origin, event.url.host) ?? event.url.origin;
}

/** A cookie that only this host gets and no script reads, as it is to be named and set for this request. */
export function cookieOf(event: RequestEvent, name: CookieName): HostCookie {
	return hostCookie(name, originOf(event));
}
