import * as overview from '#lib/server/accounts/security-overview.ts';
import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor } }) => {
	if (actor.accountId === null) redirect(303, '/sign-in?next=/account/security');
	return { factors: await overview.of(db, actor) };
};
