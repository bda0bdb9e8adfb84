import * as browserSession from '#lib/http/browser-session.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { actor } }) => {
	if (actor.accountId === null) redirect(303, '/');
};

export const actions: Actions = {
	async default(event) {
		await browserSession.end(event);
		redirect(303, '/');
	}
};
