import { histories } from '#lib/forms/site-settings.ts';
import { fields } from '#lib/http/forms.ts';
import { found, refuse } from '#lib/http/refusals.ts';
import { signUpGuard } from '#lib/server/accounts/signing-up/sign-up-guard.ts';
import { signUpRules } from '#lib/server/accounts/signing-up/sign-up-rules.ts';
import { config } from '#lib/server/config.ts';
import { securityContact } from '#lib/server/security/contact.ts';
import * as settings from '#lib/server/settings/settings.ts';
import { rename } from '#lib/server/site/name.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor, siteName }, url }) => ({
	values: {
		name: siteName,
		...(await settings.current(db.read, signUpGuard)).value,
		...(await settings.current(db.read, signUpRules)).value,
		...(await settings.current(db.read, securityContact)).value
	},
	histories: await found(histories(db, actor)),
	operatorsContact: config().securityContact,
	done: url.searchParams.get('done')
});

const SAVED = '/admin/settings?done=saved';

export const actions: Actions = {
	async name({ locals: { db, actor }, request }) {
		const values = await fields(request, 'name');
		try {
			await rename(db, actor, values.name);
		} catch (thrown) {
			return refuse(thrown, { values });
		}
		redirect(303, SAVED);
	},

	async guard({ locals: { db, actor }, request }) {
		const values = await fields(request, 'mode');
		try {
			await settings.change(db, actor, signUpGuard, values);
		} catch (thrown) {
			return refuse(thrown, { values });
		}
		redirect(303, SAVED);
	},

	async confirmation({ locals: { db, actor }, request }) {
		const confirmFirst = (await fields(request, 'confirmFirst')).confirmFirst !== '';
		try {
			await settings.change(db, actor, signUpRules, { confirmFirst });
		} catch (thrown) {
			return refuse(thrown, { values: { confirmFirst } });
		}
		redirect(303, SAVED);
	},

	async contact({ locals: { db, actor }, request }) {
		const values = await fields(request, 'contact');
		try {
			await settings.change(db, actor, securityContact, values);
		} catch (thrown) {
			return refuse(thrown, { values });
		}
		redirect(303, SAVED);
	}
};
