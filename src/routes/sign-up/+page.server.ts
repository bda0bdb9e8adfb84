import { fields } from '#lib/http/forms.ts';
import { safePath } from '#lib/http/paths.ts';
import { refuse } from '#lib/http/refusals.ts';
import { finish } from '#lib/http/signing-in.ts';
import * as credentials from '#lib/server/accounts/credentials.ts';
import * as guard from '#lib/server/accounts/sign-up-guard.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, setHeaders, url }) => {
	const next = safePath(url.searchParams.get('next'));
	if (actor.accountId !== null) redirect(303, next);
	setHeaders({ 'cache-control': 'no-store' });
	const guarded = await guard.isUp(db.read, actor);
	return { next, guarded, workScript: __SIGN_UP_SCRIPT__ };
};

export const actions: Actions = {
	async default(event) {
		const { db, actor } = event.locals;
		const form = await fields(event.request, 'name', 'email', 'password', 'next', 'work');
		const { name, email, password, next, work } = form;
		try {
			const account = await credentials.signUp(db, actor, { name, email, password, work });
			await finish(event, account, { method: 'sign-up', next });
		} catch (thrown) {
			return refuse(thrown, { name, email, next: safePath(next) });
		}
	}
};
