import * as browserSession from '#lib/http/browser-session.ts';
import { fields } from '#lib/http/forms.ts';
import * as identity from '#lib/http/identity.ts';
import { refuse } from '#lib/http/refusals.ts';
import * as accounts from '#lib/server/accounts/accounts.ts';
import * as credentials from '#lib/server/accounts/credentials.ts';
import * as sessions from '#lib/server/accounts/sessions/sessions.ts';
import { requireAccount } from '#lib/server/actor.ts';
import * as follows from '#lib/server/follows/follows.ts';
import * as mutes from '#lib/server/mutes/mutes.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, url }) => {
	if (actor.accountId === null) redirect(303, '/sign-in?next=/account');
	const { name, email, role, createdAt } = await accounts.own(db, actor);
	return {
		account: { name, email, role, createdAt },
		follows: await follows.list(db, actor),
		mutes: await mutes.list(db, actor),
		done: url.searchParams.get('done')
	};
};

export const actions: Actions = {
	async password(event) {
		const { db, actor } = event.locals;
		const { current, password } = await fields(event.request, 'current', 'password');
		try {
			requireAccount(actor);
			await credentials.changePassword(db, actor, { current, password });
			await browserSession.begin(event, actor.accountId);
		} catch (thrown) {
			return refuse(thrown, {});
		}
		redirect(303, '/account?done=password');
	},

	async everywhere(event) {
		const { db, actor } = event.locals;
		if (actor.accountId !== null) await sessions.endAll(db, actor.accountId);
		identity.dropSession(event);
		redirect(303, '/sign-in?done=signed-out');
	}
};
