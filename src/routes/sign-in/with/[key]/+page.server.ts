import { originOf } from '#lib/http/cookies.ts';
import * as elsewhere from '#lib/http/elsewhere.ts';
import { fields } from '#lib/http/forms.ts';
import { safePath } from '#lib/http/paths.ts';
import { errorOf, refuse } from '#lib/http/refusals.ts';
import * as providers from '#lib/server/identities/providers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params: { key }, setHeaders, url }) => {
	try {
		const { name } = providers.providerOf(key);
		setHeaders({ 'cache-control': 'no-store' });
		return { key, name, next: safePath(url.searchParams.get('next')) };
	} catch (thrown) {
		return errorOf(thrown);
	}
};

export const actions: Actions = {
	async default(event) {
		const { db, actor } = event.locals;
		const { key: provider } = event.params;
		const next = safePath((await fields(event.request, 'next')).next);
		const back = `${originOf(event)}/sign-in/with/${provider}/back`;
		try {
			const begun = await providers.begin(db, actor, { provider, next, links: false, back });
			elsewhere.keep(event, begun.secret, providers.MINUTES);
			return { next, url: begun.url };
		} catch (thrown) {
			return refuse(thrown, { next, url: null });
		}
	}
};
