import { fields } from '#lib/http/forms.ts';
import { found, refuse } from '#lib/http/refusals.ts';
import * as bylines from '#lib/server/articles/bylines.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, params: { slug } }) => ({
	values: await found(bylines.forEditing(db, actor, slug))
});

export const actions: Actions = {
	async default({ locals: { db, actor }, params: { slug }, request }) {
		const values = await fields(request, 'name', 'role', 'bio', 'account');
		try {
			await bylines.save(db, actor, { ...values, slug });
		} catch (thrown) {
			return refuse(thrown, { values });
		}
		redirect(303, '/newsroom/bylines?done=saved');
	}
};
