import { confirmFirst } from '#lib/http/confirm.ts';
import { originOf } from '#lib/http/cookies.ts';
import * as elsewhere from '#lib/http/elsewhere.ts';
import { fields } from '#lib/http/forms.ts';
import { refuse } from '#lib/http/refusals.ts';
import * as identities from '#lib/server/identities/identities.ts';
import * as linking from '#lib/server/identities/linking.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

const HERE = '/account/identities';

export const load: PageServerLoad = async ({ locals: { db, actor }, url }) => {
	if (actor.accountId === null) redirect(303, `/sign-in?next=${HERE}`);
	return {
		linked: await identities.list(db, actor),
		sources: linking.sources(),
		done: url.searchParams.get('done')
	};
};

export const actions: Actions = {
	async link(event) {
		const { db, actor } = event.locals;
		const { provider } = await fields(event.request, 'provider');
		const input = { provider, next: `${HERE}?done=linked`, origin: originOf(event) };
		try {
			const { url, secret, minutes } = await linking.begin(db, actor, input);
			elsewhere.keep(event, secret, minutes);
			return { onward: { url, name: identities.nameOf(provider) } };
		} catch (thrown) {
			confirmFirst(event, thrown);
			return refuse(thrown, { onward: null });
		}
	},

	async unlink(event) {
		const { db, actor } = event.locals;
		const { provider, subject } = await fields(event.request, 'provider', 'subject');
		try {
			await identities.unlink(db, actor, { provider, subject });
		} catch (thrown) {
			confirmFirst(event, thrown);
			return refuse(thrown, { onward: null });
		}
		redirect(303, `${HERE}?done=removed`);
	}
};
