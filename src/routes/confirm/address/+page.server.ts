import { found, refuse } from '#lib/http/refusals.ts';
import { keepSecret, tokenOf } from '#lib/http/secret-address.ts';
import * as confirmation from '#lib/server/accounts/addresses/email-confirmation.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	keepSecret(event);
	return { whose: await found(confirmation.look(event.locals.db.read, tokenOf(event.url))) };
};

export const actions: Actions = {
	async default({ locals: { db, actor }, url }) {
		try {
			await confirmation.follow(db, actor, tokenOf(url));
		} catch (thrown) {
			return refuse(thrown, {});
		}
		redirect(
			303,
			actor.accountId === null ? '/sign-in?done=confirmed' : '/account/profile?done=confirmed'
		);
	}
};
