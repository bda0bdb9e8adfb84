import { DAYS } from '#lib/server/accounts/sessions/known-devices.ts';
import * as secondFactors from '#lib/server/accounts/factors/second-factors.ts';
import type { SignInMethod } from '#lib/server/accounts/sessions/sign-in-methods.ts';
import * as signIns from '#lib/server/accounts/sessions/sign-ins.ts';
import { redirect, type RequestEvent } from '@sveltejs/kit';
import * as browserSession from './browser-session.ts';
import { cookieOf } from './cookies.ts';
import { safePath } from './paths.ts';
import * as secondStep from './second-step.ts';

const DEVICE = 'device';

/** What this browser is known by, to the accounts that signed in with it; '' for nothing. */
export function deviceSecretOf(event: RequestEvent): string {
	return event.cookies.get(cookieOf(event, DEVICE).name) ?? '';
}

/** A sign-in: how it began, and where its reader goes. */
interface Entering {
	method: SignInMethod;
	next: string;
}

/**
 * Begins the session of a sign-in that is whole, and goes on; `finish` is for those that may not be.
 * @throws SvelteKit's redirect, always.
 */
export async function enter(
	event: RequestEvent,
	accountId: string,
	{ method, next, withSecondFactor }: Entering & { withSecondFactor: boolean }
): Promise<never> {
	const { db, actor } = event.locals;
	const device = browserSession.deviceOfEvent(event);
	const known = { accountId, method, device, secret: deviceSecretOf(event) };
	const secret = await signIns.record(db, actor, known);
	const { name, attributes } = cookieOf(event, DEVICE);
	event.cookies.set(name, secret, { ...attributes, maxAge: DAYS * 24 * 60 * 60 });
	await browserSession.begin(event, accountId, { method, withSecondFactor });
	redirect(303, safePath(next));
}

/**
 * The one end of every sign-in, once it is known who somebody is: asks for the second factor of an
 * account that has one, unless a passkey was used, which is both factors; else begins the session
 * and goes on to `next`, or to the front page when that is no path of this site.
 * @throws SvelteKit's redirect, always.
 */
export async function finish(
	event: RequestEvent,
	account: { id: string },
	{ method, next }: Entering
): Promise<never> {
	const isWhole = method === 'passkey';
	if (!isWhole && (await secondFactors.has(event.locals.db.read, account.id))) {
		await secondStep.begin(event, { accountId: account.id, method, next: safePath(next) });
		redirect(303, '/sign-in/second-step');
	}
	return enter(event, account.id, { method, next, withSecondFactor: isWhole });
}
