import { found, refuse } from '#lib/http/refusals.ts';
import { keepSecret, tokenOf } from '#lib/http/secret-address.ts';
import { finish } from '#lib/http/signing-in.ts';
import * as linkSignIn from '#lib/server/accounts/links/link-sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	keepSecret(event);
	return { name: await found(linkSignIn.look(event.locals.db.read, tokenOf(event.url))) };
};

export const actions: Actions = {
	async default(event) {
		const { db, actor } = event.locals;
		try {
			const { account, next } = await linkSignIn.follow(db, actor, tokenOf(event.url));
			await finish(event, account, { method: 'link', next });
		} catch (thrown) {
			return refuse(thrown, {});
		}
	}
};
