import type { Arrival } from '#lib/server/identities/arriving.ts';
import { NAMING_MINUTES } from '#lib/server/identities/arriving.ts';
import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { SignInMethod } from '#lib/server/accounts/sessions/sign-in-methods.ts';
import { cookieOf } from './cookies.ts';
import { safePath } from './paths.ts';
import { finish } from './signing-in.ts';

const NAME = 'elsewhere';

/** Keeps the browser's part of a sign-in that goes on elsewhere, or waits for a name. */
export function keep(event: RequestEvent, secret: string, minutes: number): void {
	const { name, attributes } = cookieOf(event, NAME);
	event.cookies.set(name, secret, { ...attributes, maxAge: minutes * 60 });
}

/** The browser's part; '' for none. */
export function secretOf(event: RequestEvent): string {
	return event.cookies.get(cookieOf(event, NAME).name) ?? '';
}

/** Takes the browser's part away. */
export function drop(event: RequestEvent): void {
	const { name, attributes } = cookieOf(event, NAME);
	event.cookies.delete(name, attributes);
}

/**
 * Leads on somebody who came back from elsewhere: signs in, has a newcomer choose a name, or goes back to
 * where an account was linked.
 * @throws SvelteKit's redirect, always.
 */
export async function welcome(
	event: RequestEvent,
	arrival: Arrival,
	{ method, next }: { method: SignInMethod; next: string }
): Promise<never> {
	if (arrival.kind === 'new') {
		keep(event, arrival.secret, NAMING_MINUTES);
		redirect(303, '/sign-in/new');
	}
	drop(event);
	if (arrival.kind === 'known') return finish(event, arrival.account, { method, next });
	redirect(303, safePath(next));
}
