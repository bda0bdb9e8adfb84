import { fields } from '#lib/http/forms.ts';
import { refuse } from '#lib/http/refusals.ts';
import * as choices from '#lib/server/accounts/addresses/mail-choices.ts';
import { config } from '#lib/server/config.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, url }) => {
	if (actor.accountId === null) redirect(303, '/sign-in?next=/account/mail');
	return {
		choices: await choices.read(db, actor),
		sendsMail: config().mail !== null,
		done: url.searchParams.get('done')
	};
};

export const actions: Actions = {
	async default({ locals: { db, actor }, request }) {
		const input = await fields(request, 'answers', 'followed');
		try {
			await choices.choose(db, actor, input);
		} catch (thrown) {
			return refuse(thrown, input);
		}
		redirect(303, '/account/mail?done=saved');
	}
};
