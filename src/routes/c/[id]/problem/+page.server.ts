import { fields } from '#lib/http/forms.ts';
import { found, orNull, refuse } from '#lib/http/refusals.ts';
import * as problems from '#lib/server/problems/from-comment.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, params: { id }, request }) => {
	const from = problems.forComment(db, actor, id);
	// Words that come back with a refusal are shown, whatever has become of the comment meanwhile.
	const isBack = request.method === 'POST';
	return { url: `/c/${id}`, from: await (isBack ? from.catch(orNull) : found(from)) };
};

export const actions: Actions = {
	async default({ locals: { db, actor }, params: { id }, request }) {
		const kept = await fields(request, 'kind', 'words', 'passage');
		try {
			await problems.fromComment(db, actor, { ...kept, id });
		} catch (thrown) {
			return refuse(thrown, kept);
		}
		redirect(303, '/moderation/problems?done=made');
	}
};
