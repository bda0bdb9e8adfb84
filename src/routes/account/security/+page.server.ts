import * as overview from '#lib/server/accounts/factors/security-overview.ts';
import * as identities from '#lib/server/identities/identities.ts';
import * as linking from '#lib/server/identities/linking.ts';
import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor } }) => {
	if (actor.accountId === null) redirect(303, '/sign-in?next=/account/security');
	return {
		factors: await overview.of(db, actor),
		linked: await identities.list(db, actor),
		sources: linking.sources()
	};
};
