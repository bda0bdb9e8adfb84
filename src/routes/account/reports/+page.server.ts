import { found } from '#lib/http/refusals.ts';
import * as ownReports from '#lib/server/moderation/own-reports.ts';
import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, url }) => {
	if (actor.accountId === null) redirect(303, '/sign-in?next=/account/reports');
	const cursor = url.searchParams.get('cursor');
	return { ...(await found(ownReports.list(db, actor, { cursor }))), later: cursor !== null };
};
