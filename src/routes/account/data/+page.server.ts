import { confirmFirst } from '#lib/http/confirm.ts';
import { fields } from '#lib/http/forms.ts';
import { refuse } from '#lib/http/refusals.ts';
import * as leaving from '#lib/server/accounts/leaving/leaving.ts';
import { config } from '#lib/server/config.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, url }) => {
	if (actor.accountId === null) redirect(303, '/sign-in?next=/account/data');
	return {
		leaving: await leaving.read(db, actor),
		hours: leaving.HOURS_TO_KEEP,
		tellsByMail: config().mail !== null,
		done: url.searchParams.get('done')
	};
};

export const actions: Actions = {
	async delete(event) {
		const { db, actor } = event.locals;
		const { comments } = await fields(event.request, 'comments');
		try {
			await leaving.leave(db, actor, { comments });
		} catch (thrown) {
			confirmFirst(event, thrown);
			return refuse(thrown, { comments });
		}
		redirect(303, '/account/data?done=leaving');
	},

	async keep({ locals: { db, actor } }) {
		try {
			await leaving.keep(db, actor);
		} catch (thrown) {
			return refuse(thrown, { comments: '' });
		}
		redirect(303, '/account/data?done=kept');
	}
};
