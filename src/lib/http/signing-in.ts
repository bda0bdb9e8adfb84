import * as secondFactors from '#lib/server/accounts/second-factors.ts';
import type { SignInMethod } from '#lib/server/accounts/sign-in-methods.ts';
import { redirect, type RequestEvent } from '@sveltejs/kit';
import * as browserSession from './browser-session.ts';
import { safePath } from './paths.ts';
import * as secondStep from './second-step.ts';

/**
 * The one end of every sign-in, once it is known who somebody is: asks for the second factor of an
 * account that has one, unless a passkey was used, which is both factors; else begins the session
 * and goes on to `next`, or to the front page when that is no path of this site.
 * @throws SvelteKit's redirect, always.
 */
export async function finish(
	event: RequestEvent,
	account: { id: string },
	{ method, next }: { method: SignInMethod; next: string }
): Promise<never> {
	const target = safePath(next);
	const isWhole = method === 'passkey';
	if (!isWhole && (await secondFactors.has(event.locals.db.read, account.id))) {
		await secondStep.begin(event, { accountId: account.id, method, next: target });
		redirect(303, '/sign-in/second-step');
	}
	await browserSession.begin(event, account.id, { method, withSecondFactor: isWhole });
	redirect(303, target);
}
