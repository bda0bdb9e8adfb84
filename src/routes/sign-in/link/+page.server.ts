import { fields } from '#lib/http/forms.ts';
import { needsMail } from '#lib/http/mail-needed.ts';
import { safePath } from '#lib/http/paths.ts';
import { refuse } from '#lib/http/refusals.ts';
import * as linkSignIn from '#lib/server/accounts/links/link-sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ setHeaders, url }) => {
	needsMail();
	setHeaders({ 'cache-control': 'no-store' });
	return { next: safePath(url.searchParams.get('next')) };
};

export const actions: Actions = {
	async default({ locals: { db, actor }, request }) {
		const form = await fields(request, 'name', 'next');
		const next = safePath(form.next);
		const { name } = form;
		try {
			await linkSignIn.ask(db, actor, { name, next });
		} catch (thrown) {
			return refuse(thrown, { name, next, sent: false });
		}
		return { name, next, sent: true, problem: null };
	}
};
