import * as sessions from '#lib/server/accounts/sessions/sessions.ts';
import { deviceOf } from '#lib/format/devices.ts';
import type { RequestEvent } from '@sveltejs/kit';
import * as identity from './identity.ts';
import * as visits from './visits.ts';

/** The browser and system in words, as the request says. */
export function deviceOfEvent(event: RequestEvent): string {
	return deviceOf(event.request.headers.get('user-agent') ?? '');
}

/** A second factor that was given in this browser's session of the same account goes on to count. */
function hadSecondFactor(event: RequestEvent, accountId: string): boolean {
	const { accountId: own, session } = event.locals.actor;
	return own === accountId && session?.secondFactorAt != null;
}

/** Signs this browser in, with a new session in the place of one that it had. */
export async function begin(
	event: RequestEvent,
	accountId: string,
	{
		method,
		withSecondFactor = hadSecondFactor(event, accountId)
	}: Pick<sessions.Beginning, 'method' | 'withSecondFactor'> = {}
): Promise<void> {
	const { db, sessionToken } = event.locals;
	if (sessionToken) await sessions.end(db, sessionToken);
	const device = deviceOfEvent(event);
	const address = identity.addressOf(event);
	const beginning = { method, withSecondFactor, device, address };
	identity.keepSession(event, await sessions.create(db, accountId, beginning));
}

/** Signs this browser out. */
export async function end(event: RequestEvent): Promise<void> {
	const { db, sessionToken } = event.locals;
	if (sessionToken) await sessions.end(db, sessionToken);
	identity.dropSession(event);
	visits.forget(event);
}
