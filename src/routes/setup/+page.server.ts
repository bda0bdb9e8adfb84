import { fields } from '#lib/http/forms.ts';
import { found, refuse } from '#lib/http/refusals.ts';
import { finish } from '#lib/http/signing-in.ts';
import * as setup from '#lib/server/accounts/setup.ts';
import { config } from '#lib/server/config.ts';
import type { Actions, PageServerLoad } from './$types';

function tokenOf(url: URL): string {
	return url.searchParams.get('token') ?? '';
}

export const load: PageServerLoad = async ({ locals: { db }, setHeaders, url }) => {
	// The address is a secret: it goes nowhere, and nothing keeps the page.
	setHeaders({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
	await found(setup.assertValid(db.read, tokenOf(url)));
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
