import { confirmFirst } from '#lib/http/confirm.ts';
import { fields } from '#lib/http/forms.ts';
import { refuse } from '#lib/http/refusals.ts';
import { qrCode } from '#lib/format/qr-code.ts';
import * as authenticators from '#lib/server/accounts/factors/authenticators.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

const PAGE = '/account/security/authenticator';

export const load: PageServerLoad = async ({ locals: { db, actor }, setHeaders }) => {
	if (actor.accountId === null) redirect(303, `/sign-in?next=${PAGE}`);
	setHeaders({ 'cache-control': 'no-store' });
	const setup = await authenticators.pending(db, actor);
	return {
		since: await authenticators.since(db, actor),
		setup: setup && { secret: setup.secret, uri: setup.uri, code: qrCode(setup.uri) }
	};
};

export const actions: Actions = {
	async begin(event) {
		const { db, actor } = event.locals;
		try {
			await authenticators.begin(db, actor);
		} catch (thrown) {
			confirmFirst(event, thrown);
			return refuse(thrown, {});
		}
		redirect(303, PAGE);
	},

	async confirm(event) {
		const { db, actor } = event.locals;
		const { code } = await fields(event.request, 'code');
		try {
			return { codes: await authenticators.confirm(db, actor, code) };
		} catch (thrown) {
			confirmFirst(event, thrown);
			return refuse(thrown, {});
		}
	},

	async remove(event) {
		const { db, actor } = event.locals;
		try {
			await authenticators.remove(db, actor);
		} catch (thrown) {
			confirmFirst(event, thrown);
			return refuse(thrown, {});
		}
		redirect(303, '/account/security');
	}
};
