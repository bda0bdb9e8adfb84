import { fields } from '#lib/http/forms.ts';
import { found, refuse } from '#lib/http/refusals.ts';
import { keepSecret, tokenOf } from '#lib/http/secret-address.ts';
import { finish } from '#lib/http/signing-in.ts';
import * as signUps from '#lib/server/accounts/signing-up/sign-up.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	keepSecret(event);
	return { invited: await found(signUps.look(event.locals.db.read, tokenOf(event.url))) };
};

export const actions: Actions = {
	async default(event) {
		const { db, actor } = event.locals;
		const { name } = await fields(event.request, 'name');
		try {
			const secret = tokenOf(event.url);
			const { account, next } = await signUps.confirm(db, actor, { secret, name });
			await finish(event, account, { method: 'sign-up', next });
		} catch (thrown) {
			return refuse(thrown, { name });
		}
	}
};
