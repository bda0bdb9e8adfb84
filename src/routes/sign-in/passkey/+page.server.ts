import { fields } from '#lib/http/forms.ts';
import { safePath } from '#lib/http/paths.ts';
import { refuse } from '#lib/http/refusals.ts';
import { partyOf } from '#lib/http/relying-party.ts';
import { finish } from '#lib/http/signing-in.ts';
import * as passkeys from '#lib/server/accounts/factors/passkeys.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { actor }, setHeaders, url }) => {
	const next = safePath(url.searchParams.get('next'));
	if (actor.accountId !== null) redirect(303, next);
	setHeaders({ 'cache-control': 'no-store' });
	return { next };
};

export const actions: Actions = {
	async default(event) {
		const { db, actor } = event.locals;
		const { response, next } = await fields(event.request, 'response', 'next');
		try {
			const input = { accountId: null, response };
			const id = await passkeys.use(db, actor, partyOf(event), input);
			await finish(event, { id }, { method: 'passkey', next });
		} catch (thrown) {
			return refuse(thrown, { next: safePath(next) });
		}
	}
};
