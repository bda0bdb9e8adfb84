import { fields } from '#lib/http/forms.ts';
import { found, refuse } from '#lib/http/refusals.ts';
import { atLeast } from '#lib/server/actor.ts';
import * as desk from '#lib/server/problems/desk.ts';
import * as problems from '#lib/server/problems/problems.ts';
import { redirect, type Action } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, url }) => {
	const cursor = url.searchParams.get('cursor');
	return {
		waiting: await problems.waiting(db, actor),
		...(await found(problems.open(db, actor, { cursor }))),
		mayDecide: atLeast(actor, 'editor'),
		cursor,
		done: url.searchParams.get('done')
	};
};

function decide(decision: typeof desk.correct, done: string): Action {
	return async ({ locals: { db, actor }, request, url }) => {
		const kept = await fields(request, 'id', 'answer', 'note');
		try {
			await decision(db, actor, kept);
		} catch (thrown) {
			return refuse(thrown, kept);
		}
		const place = new URLSearchParams({ done });
		const cursor = url.searchParams.get('cursor');
		if (cursor !== null) place.set('cursor', cursor);
		redirect(303, `/moderation/problems?${place}`);
	};
}

export const actions: Actions = {
	check: decide(desk.check, 'checking'),
	correct: decide(desk.correct, 'corrected'),
	dismiss: decide(desk.dismiss, 'dismissed')
};
