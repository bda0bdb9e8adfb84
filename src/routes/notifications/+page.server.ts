import { fields } from '#lib/http/forms.ts';
import { found, refuse } from '#lib/http/refusals.ts';
import * as notifications from '#lib/server/notifications/notifications.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, url }) => {
	if (actor.accountId === null) redirect(303, '/sign-in?next=/notifications');
	const cursor = url.searchParams.get('cursor');
	return { ...(await found(notifications.list(db, actor, { cursor }))), cursor };
};

export const actions: Actions = {
	async read({ locals: { db, actor }, request, url }) {
		const { id } = await fields(request, 'id');
		try {
			await notifications.markRead(db, actor, id === '' ? 'all' : [id]);
		} catch (thrown) {
			return refuse(thrown, {});
		}
		const cursor = url.searchParams.get('cursor');
		redirect(
			303,
			`/notifications${cursor === null ? '' : `?cursor=${encodeURIComponent(cursor)}`}`
		);
	}
};
