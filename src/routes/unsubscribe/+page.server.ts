import { fields } from '#lib/http/forms.ts';
import { found, refuse } from '#lib/http/refusals.ts';
import * as subscriptions from '#lib/server/notifications/mail/subscriptions.ts';
import type { Actions, PageServerLoad } from './$types';

function tokenOf(url: URL): string {
	return url.searchParams.get('token') ?? '';
}

export const load: PageServerLoad = async ({ locals: { db }, setHeaders, url }) => {
	// The address is a secret: it goes nowhere, and nothing keeps the page.
	setHeaders({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
	return { subscription: await found(subscriptions.look(db.read, tokenOf(url))) };
};

export const actions: Actions = {
	/** Ends it without any field, as mail providers ask (`List-Unsubscribe=One-Click`). */
	async default({ locals: { db }, request, url }) {
		const { resume, answers, followed } = await fields(request, 'resume', 'answers', 'followed');
		try {
			if (resume !== '') {
				await subscriptions.resume(db, tokenOf(url), { answers, followed });
				return { done: 'resumed' as const };
			}
			const { choices } = await subscriptions.end(db, tokenOf(url));
			return { done: 'ended' as const, before: choices };
		} catch (thrown) {
			return refuse(thrown, {});
		}
	}
};
