import { confirmFirst } from '#lib/http/confirm.ts';
import { refuse } from '#lib/http/refusals.ts';
import * as recoveryCodes from '#lib/server/accounts/factors/recovery-codes.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, setHeaders }) => {
	if (actor.accountId === null) redirect(303, '/sign-in?next=/account/security/recovery-codes');
	setHeaders({ 'cache-control': 'no-store' });
	return { left: await recoveryCodes.left(db.read, actor.accountId) };
};

export const actions: Actions = {
	async default(event) {
		const { db, actor } = event.locals;
		try {
			return { codes: await recoveryCodes.make(db, actor) };
		} catch (thrown) {
			confirmFirst(event, thrown);
			return refuse(thrown, {});
		}
	}
};
