import { fields } from '#lib/http/forms.ts';
import { found, refuse } from '#lib/http/refusals.ts';
import { keepSecret, tokenOf } from '#lib/http/secret-address.ts';
import * as resets from '#lib/server/accounts/links/resets.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	keepSecret(event);
	return { name: await found(resets.look(event.locals.db.read, tokenOf(event.url))) };
};

export const actions: Actions = {
	async default({ locals: { db, actor }, request, url }) {
		const { password } = await fields(request, 'password');
		try {
			await resets.reset(db, actor, { secret: tokenOf(url), password });
		} catch (thrown) {
			return refuse(thrown, {});
		}
		redirect(303, '/sign-in?done=reset');
	}
};
