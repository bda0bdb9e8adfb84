import { fields } from '#lib/http/forms.ts';
import { safePath } from '#lib/http/paths.ts';
import { refuse } from '#lib/http/refusals.ts';
import { hasPasskeys } from '#lib/http/relying-party.ts';
import { deviceSecretOf, finish } from '#lib/http/signing-in.ts';
import { sources } from '#lib/http/sources.ts';
import * as credentials from '#lib/server/accounts/credentials.ts';
import { config } from '#lib/server/config.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
	const { locals, setHeaders, url } = event;
	const next = safePath(url.searchParams.get('next'));
	if (locals.actor.accountId !== null) redirect(303, next);
	setHeaders({ 'cache-control': 'no-store' });
	const byMail = config().mail !== null;
	const ways = { byMail, passkeys: hasPasskeys(event), sources: sources() };
	return { next, ...ways, done: url.searchParams.get('done') };
};

export const actions: Actions = {
	async default(event) {
		const { db, actor } = event.locals;
		const { name, password, next } = await fields(event.request, 'name', 'password', 'next');
		try {
			const device = deviceSecretOf(event);
			const account = await credentials.signIn(db, actor, { name, password, device });
			await finish(event, account, { method: 'password', next });
		} catch (thrown) {
			return refuse(thrown, { name, next: safePath(next) });
		}
	}
};
