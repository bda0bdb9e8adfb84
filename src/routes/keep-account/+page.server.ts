import { found, refuse } from '#lib/http/refusals.ts';
import * as leaving from '#lib/server/accounts/leaving/leaving.ts';
import type { Actions, PageServerLoad } from './$types';

function tokenOf(url: URL): string {
	return url.searchParams.get('token') ?? '';
}

export const load: PageServerLoad = async ({ locals: { db }, request, setHeaders, url }) => {
	// The address is a secret: it goes nowhere, and nothing keeps the page.
	setHeaders({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
	// After the act the link is used up.
	if (request.method === 'POST') return;
	await found(leaving.lookAtLink(db.read, tokenOf(url)));
};

export const actions: Actions = {
	async default({ locals: { db, actor }, url }) {
		try {
			await leaving.keepByLink(db, actor, tokenOf(url));
		} catch (thrown) {
			return refuse(thrown, { kept: false });
		}
		return { kept: true, problem: undefined };
	}
};
