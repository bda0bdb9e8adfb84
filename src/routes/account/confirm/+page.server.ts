import { fields } from '#lib/http/forms.ts';
import { safePath } from '#lib/http/paths.ts';
import { refuse } from '#lib/http/refusals.ts';
import { hasPasskeys, partyOf } from '#lib/http/relying-party.ts';
import * as linkSignIn from '#lib/server/accounts/links/link-sign-in.ts';
import * as passkeys from '#lib/server/accounts/factors/passkeys.ts';
import * as proofs from '#lib/server/accounts/proofs.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

function nextOf(url: URL): string {
	return safePath(url.searchParams.get('next'), '/account');
}

export const load: PageServerLoad = async (event) => {
	const { db, actor } = event.locals;
	const next = nextOf(event.url);
	if (actor.accountId === null) redirect(303, `/sign-in?next=${encodeURIComponent(next)}`);
	const means = await proofs.means(db, actor);
	return { next, means: { ...means, passkey: means.passkey && hasPasskeys(event) } };
};

export const actions: Actions = {
	async password({ locals: { db, actor }, request, url }) {
		const { current } = await fields(request, 'current');
		try {
			await proofs.confirm(db, actor, current);
		} catch (thrown) {
			return refuse(thrown, { sent: false });
		}
		redirect(303, nextOf(url));
	},

	async passkey(event) {
		const { db, actor } = event.locals;
		const { response } = await fields(event.request, 'response');
		try {
			await passkeys.confirm(db, actor, partyOf(event), response);
		} catch (thrown) {
			return refuse(thrown, { sent: false });
		}
		redirect(303, nextOf(event.url));
	},

	async link({ locals: { db, actor }, url }) {
		try {
			await linkSignIn.askOwn(db, actor, nextOf(url));
		} catch (thrown) {
			return refuse(thrown, { sent: false });
		}
		return { sent: true, problem: null };
	}
};
