import { found } from '#lib/http/refusals.ts';
import { ACTION_KINDS } from '#lib/server/moderation/kinds.ts';
import * as log from '#lib/server/moderation/log.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db }, setHeaders, url }) => {
	const cursor = url.searchParams.get('cursor');
	const kind = ACTION_KINDS.find((known) => known === url.searchParams.get('kind'));
	// It has no revision of its own by which a kept page could be known to be old.
	setHeaders({ 'cache-control': 'no-store' });
	return {
		...(await found(log.page(db, { kind, cursor }))),
		kind: kind ?? '',
		later: cursor !== null
	};
};
