import { confirmFirst } from '#lib/http/confirm.ts';
import { fields } from '#lib/http/forms.ts';
import { refuse } from '#lib/http/refusals.ts';
import { hasPasskeys, partyOf } from '#lib/http/relying-party.ts';
import { isRecent } from '#lib/server/accounts/recent.ts';
import * as passkeys from '#lib/server/accounts/factors/passkeys.ts';
import * as recoveryCodes from '#lib/server/accounts/factors/recovery-codes.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

const PAGE = '/account/security/passkeys';

export const load: PageServerLoad = async (event) => {
	const { db, actor } = event.locals;
	if (actor.accountId === null) redirect(303, `/sign-in?next=${PAGE}`);
	return {
		passkeys: await passkeys.list(db, actor),
		recoveryCodes: await recoveryCodes.left(db.read, actor.accountId),
		possible: hasPasskeys(event),
		recent: isRecent(actor)
	};
};

export const actions: Actions = {
	async add(event) {
		const { db, actor } = event.locals;
		const input = await fields(event.request, 'response', 'label');
		try {
			await passkeys.add(db, actor, partyOf(event), input);
		} catch (thrown) {
			confirmFirst(event, thrown);
			return refuse(thrown, { label: input.label });
		}
		redirect(303, PAGE);
	},

	async rename({ locals: { db, actor }, request }) {
		const input = await fields(request, 'id', 'label');
		try {
			await passkeys.rename(db, actor, input);
		} catch (thrown) {
			return refuse(thrown, {});
		}
		redirect(303, PAGE);
	},

	async remove(event) {
		const { db, actor } = event.locals;
		const { id } = await fields(event.request, 'id');
		try {
			await passkeys.remove(db, actor, id);
		} catch (thrown) {
			confirmFirst(event, thrown);
			return refuse(thrown, {});
		}
		redirect(303, PAGE);
	}
};
