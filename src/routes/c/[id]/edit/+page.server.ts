import { fields } from '#lib/http/forms.ts';
import { found, refuse } from '#lib/http/refusals.ts';
import * as edits from '#lib/server/comments/edit.ts';
import * as previews from '#lib/server/comments/preview.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, params }) =>
	found(edits.forEditing(db, actor, params.id));

export const actions: Actions = {
	async save({ locals: { db, actor }, params: { id }, request }) {
		const kept = await fields(request, 'body', 'revision');
		try {
			await edits.edit(db, actor, { id, body: kept.body, revision: Number(kept.revision) });
		} catch (thrown) {
			return refuse(thrown, kept);
		}
		redirect(303, `/c/${id}#c-${id}`);
	},

	async preview({ locals: { db, actor }, params: { id }, request }) {
		const kept = await fields(request, 'body', 'revision');
		try {
			const { comment } = await edits.forEditing(db, actor, id);
			const article = comment.article.slug;
			return { ...kept, preview: await previews.preview(db, actor, { article, body: kept.body }) };
		} catch (thrown) {
			return refuse(thrown, kept);
		}
	}
};
