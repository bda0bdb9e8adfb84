import { fields } from '#lib/http/forms.ts';
import { refuse } from '#lib/http/refusals.ts';
import * as bylines from '#lib/server/articles/bylines.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db }, url }) => ({
	bylines: (await bylines.list(db)).map(({ slug, name, role }) => ({ slug, name, role })),
	done: url.searchParams.get('done')
});

export const actions: Actions = {
	async default({ locals: { db, actor }, request }) {
		const values = await fields(request, 'name', 'role', 'bio', 'account');
		try {
			await bylines.save(db, actor, values);
		} catch (thrown) {
			return refuse(thrown, { values });
		}
		redirect(303, '/newsroom/bylines?done=saved');
	}
};
