import { readScreening, SCREENING_FIELDS, writeScreening } from '#lib/forms/screening.ts';
import { fields } from '#lib/http/forms.ts';
import { found, refuse } from '#lib/http/refusals.ts';
import { atLeast } from '#lib/server/actor.ts';
import { changesOf } from '#lib/server/moderation/screen/changes.ts';
import { MOST_READ, rehearse } from '#lib/server/moderation/screen/rehearsal.ts';
import * as rules from '#lib/server/moderation/screen/rules.ts';
import * as settings from '#lib/server/settings/settings.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, url }) => ({
	values: writeScreening(await rules.current(db)),
	changes: changesOf(await found(rules.history(db, actor))),
	mayChange: atLeast(actor, rules.screening.role),
	mostRead: MOST_READ,
	done: url.searchParams.get('done')
});

export const actions: Actions = {
	async save({ locals: { db, actor }, request }) {
		const values = await fields(request, ...SCREENING_FIELDS);
		try {
			await settings.change(db, actor, rules.screening, readScreening(values));
		} catch (thrown) {
			return refuse(thrown, { values });
		}
		redirect(303, '/moderation/words?done=saved');
	},

	async try({ locals: { db, actor }, request }) {
		const values = await fields(request, ...SCREENING_FIELDS);
		try {
			return { values, rehearsal: await rehearse(db, actor, readScreening(values)) };
		} catch (thrown) {
			return refuse(thrown, { values });
		}
	}
};
