import { fields } from '#lib/http/forms.ts';
import { found, refuse } from '#lib/http/refusals.ts';
import { serverOnly } from '#lib/http/server-only.ts';
import * as appeals from '#lib/server/moderation/appeals/appeals.ts';
import * as statements from '#lib/server/moderation/statement-reading.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, params: { id }, url }) => {
	// Whatever the id: who has one in a mail signs in and comes back.
	if (actor.accountId === null) {
		redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
	}
	return { statement: serverOnly(await found(statements.read(db, actor, id))) };
};

export const actions: Actions = {
	async appeal({ locals: { db, actor }, params: { id }, request }) {
		const { words } = await fields(request, 'words');
		try {
			await appeals.appeal(db, actor, { statementId: id, words });
		} catch (thrown) {
			return refuse(thrown, { words });
		}
		redirect(303, `/statements/${id}#appeal`);
	}
};
