import { fields } from '#lib/http/forms.ts';
import { needsMail } from '#lib/http/mail-needed.ts';
import { refuse } from '#lib/http/refusals.ts';
import * as resets from '#lib/server/accounts/links/resets.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ setHeaders }) => {
	needsMail();
	setHeaders({ 'cache-control': 'no-store' });
};

export const actions: Actions = {
	async default({ locals: { db, actor }, request }) {
		const { name } = await fields(request, 'name');
		try {
			await resets.ask(db, actor, name);
		} catch (thrown) {
			return refuse(thrown, { name, sent: false });
		}
		return { name, sent: true, problem: null };
	}
};
