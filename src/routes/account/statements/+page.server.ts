import { found } from '#lib/http/refusals.ts';
import * as statements from '#lib/server/moderation/statement-reading.ts';
import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, url }) => {
	if (actor.accountId === null) redirect(303, '/sign-in?next=/account/statements');
	const cursor = url.searchParams.get('cursor');
	return { ...(await found(statements.list(db, actor, { cursor }))), later: cursor !== null };
};
