import { fields } from '#lib/http/forms.ts';
import { refuse } from '#lib/http/refusals.ts';
import * as sessions from '#lib/server/accounts/sessions/own-sessions.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

const PAGE = '/account/security/sessions';

export const load: PageServerLoad = async ({ locals: { db, actor } }) => {
	if (actor.accountId === null) redirect(303, `/sign-in?next=${PAGE}`);
	return { sessions: await sessions.list(db, actor) };
};

export const actions: Actions = {
	async end({ locals: { db, actor }, request }) {
		const { handle } = await fields(request, 'handle');
		try {
			await sessions.end(db, actor, handle);
		} catch (thrown) {
			return refuse(thrown, {});
		}
		redirect(303, PAGE);
	},

	async others({ locals: { db, actor } }) {
		try {
			await sessions.endOthers(db, actor);
		} catch (thrown) {
			return refuse(thrown, {});
		}
		redirect(303, PAGE);
	}
};
