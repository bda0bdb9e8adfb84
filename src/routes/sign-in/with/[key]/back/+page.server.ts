import { originOf } from '#lib/http/cookies.ts';
import * as elsewhere from '#lib/http/elsewhere.ts';
import { errorOf, problemOf } from '#lib/http/refusals.ts';
import * as providers from '#lib/server/identities/providers.ts';
import type { PageServerLoad } from './$types';

/** Where a provider sends the browser back to: what signs in is bound to this browser and works once. */
export const load: PageServerLoad = async (event) => {
	const { db, actor } = event.locals;
	const { key: provider } = event.params;
	event.setHeaders({ 'cache-control': 'no-store' });
	const answer = new URL(event.url.pathname + event.url.search, originOf(event));
	const secret = elsewhere.secretOf(event);
	try {
		const { arrival, next } = await providers.end(db, actor, { provider, secret, answer });
		return await elsewhere.welcome(event, arrival, { method: 'provider', next });
	} catch (thrown) {
		const problem = problemOf(thrown);
		if (problem.code === 'not-found') return errorOf(thrown);
		return {
			problem,
			source: { url: `/sign-in/with/${provider}`, name: providers.providerOf(provider).name }
		};
	}
};
