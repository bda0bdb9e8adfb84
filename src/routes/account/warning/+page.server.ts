import { fields } from '#lib/http/forms.ts';
import { found, refuse } from '#lib/http/refusals.ts';
import * as sanctions from '#lib/server/moderation/sanctions/sanctions.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, url }) => {
	if (actor.accountId === null) redirect(303, '/sign-in?next=/account/warning');
	return {
		warning: await found(sanctions.outstanding(db, actor)),
		done: url.searchParams.has('done')
	};
};

export const actions: Actions = {
	async default({ locals: { db, actor }, request }) {
		const { id } = await fields(request, 'id');
		try {
			await sanctions.acknowledge(db, actor, id);
		} catch (thrown) {
			return refuse(thrown, {});
		}
		redirect(303, '/account/warning?done=1');
	}
};
