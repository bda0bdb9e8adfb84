import { found } from '#lib/http/refusals.ts';
import * as own from '#lib/server/problems/own.ts';
import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, url }) => {
	if (actor.accountId === null) redirect(303, '/sign-in?next=/account/problems');
	const cursor = url.searchParams.get('cursor');
	return { ...(await found(own.list(db, actor, { cursor }))), later: cursor !== null };
};
