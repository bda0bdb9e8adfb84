import { DISCUSSION_FIELDS, discussionForm, readDiscussion } from '#lib/forms/discussion.ts';
import { fields } from '#lib/http/forms.ts';
import { found, refuse } from '#lib/http/refusals.ts';
import * as discussion from '#lib/server/articles/discussion.ts';
import { discussionDefaults } from '#lib/server/articles/discussion-defaults.ts';
import * as settings from '#lib/server/settings/settings.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, params: { slug }, url }) => {
	const { title, author, ...stored } = await found(discussion.forEditing(db, actor, slug));
	return {
		...{ slug, title, author, values: discussionForm(stored) },
		site: (await settings.current(db.read, discussionDefaults)).value,
		done: url.searchParams.get('done')
	};
};

export const actions: Actions = {
	async default({ locals: { db, actor }, params: { slug }, request }) {
		const values = await fields(request, ...DISCUSSION_FIELDS);
		try {
			await discussion.arrange(db, actor, slug, readDiscussion(values));
		} catch (thrown) {
			return refuse(thrown, { values });
		}
		redirect(303, `/newsroom/${encodeURIComponent(slug)}/discussion?done=saved`);
	}
};
