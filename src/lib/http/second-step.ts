import * as secondStep from '#lib/server/accounts/factors/second-step.ts';
import type { RequestEvent } from '@sveltejs/kit';
import { cookieOf } from './cookies.ts';

const NAME = 'second-step';

/** Keeps a sign-in that waits for its second step, with the browser's part of it in a cookie. */
export async function begin(event: RequestEvent, waiting: secondStep.Waiting): Promise<void> {
	const secret = await secondStep.begin(event.locals.db, waiting);
	const { name, attributes } = cookieOf(event, NAME);
	event.cookies.set(name, secret, { ...attributes, maxAge: secondStep.MINUTES * 60 });
}

/** The secret of the sign-in that waits in this browser; '' for none. */
export function secretOf(event: RequestEvent): string {
	return event.cookies.get(cookieOf(event, NAME).name) ?? '';
}

/** Takes the browser's part away. */
export function drop(event: RequestEvent): void {
	const { name, attributes } = cookieOf(event, NAME);
	event.cookies.delete(name, attributes);
}
