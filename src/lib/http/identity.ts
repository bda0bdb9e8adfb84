import { actorOf } from '#lib/server/accounts/accounts.ts';
import * as sessions from '#lib/server/accounts/sessions/sessions.ts';
import * as tokens from '#lib/server/accounts/tokens.ts';
import { guest } from '#lib/server/actor.ts';
import { clientAddress } from '#lib/server/client-address.ts';
import { config } from '#lib/server/config.ts';
import { Refusal } from '#lib/server/refusal.ts';
import type { RequestEvent } from '@sveltejs/kit';
import { cookieOf } from './cookies.ts';

const BEARER = /^Bearer +([\x21-\x7e]{1,200})$/i;
const API = '/api/';
const SESSION = 'session';
const UNSUBSCRIBE = '/unsubscribe';

/** The bearer token of a request to the API; pages take none. */
export function bearerOf(event: RequestEvent): string | null {
	if (!event.url.pathname.startsWith(API)) return null;
	return BEARER.exec(event.request.headers.get('authorization') ?? '')?.[1] ?? null;
}

/** Whether a request to the API carries nothing that a browser would have added by itself. */
export function isProgram(event: RequestEvent): boolean {
	if (bearerOf(event) !== null) return true;
	return event.url.pathname.startsWith(API) && !event.request.headers.has('cookie');
}

/** Whether a mail provider, or a program, asks to end mail by the address in a mail's header (RFC 8058). */
export function isOneClick(event: RequestEvent): boolean {
	return event.url.pathname === UNSUBSCRIBE && !event.request.headers.has('cookie');
}

/** The network address that a request came from. */
export function addressOf(event: RequestEvent): string {
	const forwardedFor = event.request.headers.get('x-forwarded-for');
	return clientAddress(event.getClientAddress(), forwardedFor, config().proxyDepth);
}

/** Gives the browser a session's cookie. */
export function keepSession(
	event: RequestEvent,
	session: { token: string; expiresAt: Date }
): void {
	const { name, attributes } = cookieOf(event, SESSION);
	event.cookies.set(name, session.token, { ...attributes, expires: session.expiresAt });
}

/** Takes the session's cookie away. */
export function dropSession(event: RequestEvent): void {
	const { name, attributes } = cookieOf(event, SESSION);
	event.cookies.delete(name, attributes);
}

async function bySession(event: RequestEvent, address: string): Promise<void> {
	const token = event.cookies.get(cookieOf(event, SESSION).name);
	const signedIn = token ? await sessions.read(event.locals.db, token) : null;
	if (!token || !signedIn) return;
	await sessions.see(event.locals.db, signedIn, address);
	const { session } = signedIn;
	const { requestId } = event.locals;
	event.locals.actor = actorOf(signedIn.account, address, { session, requestId });
	event.locals.sessionToken = token;
	if (signedIn.fresh) keepSession(event, { token, expiresAt: signedIn.session.expiresAt });
}

/**
 * Finds out who sends a request: by bearer token (API), by the session's cookie, or a guest.
 * @throws {Refusal} 401 for a bearer token that is none.
 */
export async function identify(event: RequestEvent): Promise<void> {
	const address = addressOf(event);
	const { requestId } = event.locals;
	event.locals.actor = { ...guest(address), requestId };
	event.locals.sessionToken = null;
	const bearer = bearerOf(event);
	if (bearer === null) return bySession(event, address);
	const account = await tokens.read(event.locals.db, bearer);
	if (!account) throw new Refusal(401, 'bad-token', 'This token is not valid.');
	event.locals.actor = actorOf(account, address, { requestId });
}
