import { fields } from '#lib/http/forms.ts';
import { found, orNull, refuse } from '#lib/http/refusals.ts';
import * as edits from '#lib/server/comments/edit.ts';
import * as previews from '#lib/server/comments/preview.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, params: { id }, request }) => {
	const editing = edits.forEditing(db, actor, id);
	// Words that come back with a refusal are shown, whatever has become of the comment meanwhile.
	const isBack = request.method === 'POST';
	return { url: `/c/${id}`, editing: await (isBack ? editing.catch(orNull) : found(editing)) };
};

export const actions: Actions = {
	async save({ locals: { db, actor }, params: { id }, request }) {
		const { anyway, ...kept } = await fields(request, 'body', 'revision', 'anyway');
		const revision = Number(kept.revision);
		try {
			await edits.edit(db, actor, { id, body: kept.body, revision, nudge: anyway === '' });
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
