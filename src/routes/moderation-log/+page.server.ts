import { readLogFilter } from '#lib/forms/log.ts';
import { found } from '#lib/http/refusals.ts';
import * as log from '#lib/server/moderation/log.ts';
import type { PageServerLoad } from './$types';

const FILTERS = ['kind', 'article', 'from', 'to', 'act'] as const;

export const load: PageServerLoad = async ({ locals: { db }, setHeaders, url }) => {
	// It has no revision of its own by which a kept page could be known to be old.
	setHeaders({ 'cache-control': 'no-store' });
	const query = url.searchParams;
	const entries = FILTERS.map((name) => [name, query.get(name) ?? ''] as const);
	return {
		...(await found(log.page(db, readLogFilter(query)))),
		filter: Object.fromEntries(entries) as Record<(typeof FILTERS)[number], string>,
		later: query.has('cursor')
	};
};
