import { fields } from '#lib/http/forms.ts';
import { safePath } from '#lib/http/paths.ts';
import { refuse } from '#lib/http/refusals.ts';
import * as linkSignIn from '#lib/server/accounts/link-sign-in.ts';
import * as proofs from '#lib/server/accounts/proofs.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

function nextOf(url: URL): string {
	return safePath(url.searchParams.get('next'), '/account');
}

export const load: PageServerLoad = async ({ locals: { db, actor }, url }) => {
	const next = nextOf(url);
	if (actor.accountId === null) redirect(303, `/sign-in?next=${encodeURIComponent(next)}`);
	return { next, means: await proofs.means(db, actor) };
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

	async link({ locals: { db, actor }, url }) {
		try {
			await linkSignIn.askOwn(db, actor, nextOf(url));
		} catch (thrown) {
			return refuse(thrown, { sent: false });
		}
		return { sent: true, problem: null };
	}
};
