import { confirmFirst } from '#lib/http/confirm.ts';
import { fields } from '#lib/http/forms.ts';
import { refuse } from '#lib/http/refusals.ts';
import * as accounts from '#lib/server/accounts/accounts.ts';
import * as emailChange from '#lib/server/accounts/addresses/email-change.ts';
import * as confirmation from '#lib/server/accounts/addresses/email-confirmation.ts';
import { describe } from '#lib/server/accounts/profiles.ts';
import * as proofs from '#lib/server/accounts/proofs.ts';
import * as renaming from '#lib/server/accounts/names/renaming.ts';
import { config } from '#lib/server/config.ts';
import * as pictures from '#lib/server/pictures/pictures.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, url }) => {
	if (actor.accountId === null) redirect(303, '/sign-in?next=/account/profile');
	const { name, email, bio, unconfirmed } = await accounts.own(db, actor);
	return {
		account: { name, email, bio, unconfirmed },
		nextNameAt: await renaming.nextAt(db.read, actor),
		hasPassword: (await proofs.means(db, actor)).password,
		byMail: config().mail !== null,
		pictures: pictures.areOn(),
		done: url.searchParams.get('done')
	};
};

export const actions: Actions = {
	async name({ locals: { db, actor }, request }) {
		const { name } = await fields(request, 'name');
		try {
			await renaming.rename(db, actor, name);
		} catch (thrown) {
			return refuse(thrown, { name });
		}
		redirect(303, '/account/profile?done=name');
	},

	async email(event) {
		const { db, actor } = event.locals;
		const { email, current } = await fields(event.request, 'email', 'current');
		try {
			await emailChange.ask(db, actor, { email, current });
		} catch (thrown) {
			confirmFirst(event, thrown);
			return refuse(thrown, { email });
		}
		redirect(303, '/account/profile?done=email');
	},

	async confirm({ locals: { db, actor } }) {
		try {
			await confirmation.send(db, actor);
		} catch (thrown) {
			return refuse(thrown, { again: true });
		}
		redirect(303, '/account/profile?done=sent');
	},

	async bio({ locals: { db, actor }, request }) {
		const { bio } = await fields(request, 'bio');
		try {
			await describe(db, actor, bio);
		} catch (thrown) {
			return refuse(thrown, { bio });
		}
		redirect(303, '/account/profile?done=bio');
	}
};
