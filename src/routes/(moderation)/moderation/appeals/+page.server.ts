import { fields } from '#lib/http/forms.ts';
import { found, refuse } from '#lib/http/refusals.ts';
import { serverOnly } from '#lib/http/server-only.ts';
import * as appeals from '#lib/server/moderation/appeals/appeals.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, url }) => {
	const cursor = url.searchParams.get('cursor');
	const { items, next } = await found(appeals.open(db, actor, { cursor }));
	return {
		...{ items: serverOnly(items), next, cursor },
		waiting: await appeals.waiting(db, actor),
		done: url.searchParams.get('done')
	};
};

export const actions: Actions = {
	async default({ locals: { db, actor }, request }) {
		const { id, outcome, answer } = await fields(request, 'id', 'outcome', 'answer');
		try {
			await appeals.decide(db, actor, { id, outcome, answer });
		} catch (thrown) {
			return refuse(thrown, { id, outcome, answer });
		}
		redirect(303, `/moderation/appeals?done=${outcome}`);
	}
};
