import { fields } from '#lib/http/forms.ts';
import { safePath } from '#lib/http/paths.ts';
import { refuse } from '#lib/http/refusals.ts';
import { finish } from '#lib/http/signing-in.ts';
import { sources } from '#lib/http/sources.ts';
import * as guard from '#lib/server/accounts/signing-up/sign-up-guard.ts';
import { signUp } from '#lib/server/accounts/signing-up/sign-up.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, setHeaders, url }) => {
	const next = safePath(url.searchParams.get('next'));
	if (actor.accountId !== null) redirect(303, next);
	setHeaders({ 'cache-control': 'no-store' });
	const guarded = await guard.isUp(db.read, actor);
	return { next, sources: sources(), guarded, workScript: __SIGN_UP_SCRIPT__ };
};

export const actions: Actions = {
	async default(event) {
		const { db, actor } = event.locals;
		const form = await fields(event.request, 'name', 'email', 'password', 'next', 'work');
		const { name, email, password, work } = form;
		const next = safePath(form.next);
		try {
			const account = await signUp(db, actor, { name, email, password, next, work });
			if (account) await finish(event, account, { method: 'sign-up', next });
		} catch (thrown) {
			return refuse(thrown, { name, email, next });
		}
		return { name, email, next, sentTo: email };
	}
};
