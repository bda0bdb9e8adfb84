import { CONFIRM_FIRST } from '#lib/server/accounts/recent.ts';
import { isRefusal } from '#lib/server/refusal.ts';
import { redirect, type RequestEvent } from '@sveltejs/kit';

/**
 * For the `catch` of acts that ask for a fresh proof: leads to the page that asks, and from there
 * back to where the form is. Does nothing for whatever else was thrown.
 */
export function confirmFirst(
	event: RequestEvent,
	thrown: unknown,
	next = event.url.pathname
): void {
	if (!isRefusal(thrown) || thrown.code !== CONFIRM_FIRST) return;
	redirect(303, `/account/confirm?next=${encodeURIComponent(next)}`);
}
