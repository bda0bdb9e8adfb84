import { found, refuse } from '#lib/http/refusals.ts';
import { keepSecret, tokenOf } from '#lib/http/secret-address.ts';
import * as emailChange from '#lib/server/accounts/addresses/email-change.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	keepSecret(event);
	const change = await found(emailChange.look(event.locals.db.read, tokenOf(event.url)));
	return { name: change.name, email: change.email };
};

export const actions: Actions = {
	async default({ locals: { db, actor }, url }) {
		try {
			await emailChange.follow(db, actor, tokenOf(url));
		} catch (thrown) {
			return refuse(thrown, {});
		}
		redirect(
			303,
			actor.accountId === null ? '/sign-in?done=address' : '/account/profile?done=address'
		);
	}
};
