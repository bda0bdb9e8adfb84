import { found, refuse } from '#lib/http/refusals.ts';
import { keepSecret, tokenOf } from '#lib/http/secret-address.ts';
import * as emailChange from '#lib/server/accounts/addresses/email-change.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	keepSecret(event);
	const back = await found(emailChange.lookBack(event.locals.db.read, tokenOf(event.url)));
	return { name: back.name, email: back.email };
};

export const actions: Actions = {
	async default({ locals: { db, actor }, url }) {
		let secret: string;
		try {
			secret = await emailChange.restore(db, actor, tokenOf(url));
		} catch (thrown) {
			return refuse(thrown, {});
		}
		redirect(303, `/reset/password?token=${secret}`);
	}
};
