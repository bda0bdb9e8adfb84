import { fields } from '#lib/http/forms.ts';
import { found, refuse } from '#lib/http/refusals.ts';
import { keepSecret, tokenOf } from '#lib/http/secret-address.ts';
import { finish } from '#lib/http/signing-in.ts';
import * as setup from '#lib/server/accounts/signing-up/setup.ts';
import { config } from '#lib/server/config.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	keepSecret(event);
	await found(setup.assertValid(event.locals.db.read, tokenOf(event.url)));
};

export const actions: Actions = {
	async default(event) {
		const { db, actor } = event.locals;
		const { name, email, password } = await fields(event.request, 'name', 'email', 'password');
		const input = { name, email, password };
		try {
			const account = await setup.claim(db, actor, tokenOf(event.url), input);
			// Without a second factor there is nothing yet that they could administer.
			const next = config().staffSecondFactor ? '/account/security' : '/newsroom';
			await finish(event, account, { method: 'sign-up', next });
		} catch (thrown) {
			return refuse(thrown, { name, email });
		}
	}
};
