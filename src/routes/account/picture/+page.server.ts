import { fileOf } from '#lib/http/forms.ts';
import { refuse } from '#lib/http/refusals.ts';
import { pictureUrl } from '#lib/format/people.ts';
import * as pictures from '#lib/server/pictures/pictures.ts';
import { error, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

const HERE = '/account/picture';

export const load: PageServerLoad = async ({ locals: { db, actor }, url }) => {
	if (!pictures.areOn()) error(404, 'There is no such page.');
	if (actor.accountId === null) redirect(303, `/sign-in?next=${HERE}`);
	const id = await pictures.own(db, actor);
	return {
		...{ name: actor.name, picture: id && pictureUrl(id) },
		kilobytes: Math.floor(pictures.largest() / 1024),
		done: url.searchParams.get('done')
	};
};

export const actions: Actions = {
	async set({ locals: { db, actor }, request }) {
		try {
			await pictures.set(db, actor, await fileOf(request, 'picture'));
		} catch (thrown) {
			return refuse(thrown, {});
		}
		redirect(303, `${HERE}?done=set`);
	},

	async remove({ locals: { db, actor } }) {
		try {
			await pictures.remove(db, actor);
		} catch (thrown) {
			return refuse(thrown, {});
		}
		redirect(303, `${HERE}?done=removed`);
	}
};
