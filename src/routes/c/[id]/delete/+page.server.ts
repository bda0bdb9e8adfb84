import { found, refuse } from '#lib/http/refusals.ts';
import * as comments from '#lib/server/comments/comments.ts';
import * as removals from '#lib/server/comments/remove.ts';
import { error, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, params }) => {
	const comment = await found(comments.read(db, actor, params.id));
	if (!comment.can.delete) error(404, 'There is no comment of yours to delete here.');
	return { comment };
};

export const actions: Actions = {
	async default({ locals: { db, actor }, params: { id } }) {
		try {
			await removals.removeOwn(db, actor, id);
		} catch (thrown) {
			return refuse(thrown, {});
		}
		redirect(303, `/c/${id}#c-${id}`);
	}
};
