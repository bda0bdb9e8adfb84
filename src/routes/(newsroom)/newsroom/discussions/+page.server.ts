import { CLOSING_FIELDS, closingForm, readClosing } from '#lib/forms/discussion.ts';
import { fields } from '#lib/http/forms.ts';
import { found, refuse } from '#lib/http/refusals.ts';
import { discussionDefaults } from '#lib/server/articles/discussion-defaults.ts';
import * as settings from '#lib/server/settings/settings.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, url }) => ({
	values: closingForm((await settings.current(db.read, discussionDefaults)).value),
	history: await found(settings.history(db, actor, discussionDefaults)),
	done: url.searchParams.get('done')
});

export const actions: Actions = {
	async default({ locals: { db, actor }, request }) {
		const values = await fields(request, ...CLOSING_FIELDS);
		try {
			await settings.change(db, actor, discussionDefaults, readClosing(values));
		} catch (thrown) {
			return refuse(thrown, { values });
		}
		redirect(303, '/newsroom/discussions?done=saved');
	}
};
