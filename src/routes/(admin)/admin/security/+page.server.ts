import { EVENT_FIELDS, readEventFilter } from '#lib/forms/security.ts';
import { found } from '#lib/http/refusals.ts';
import * as security from '#lib/server/security/list.ts';
import { ADDRESS_DAYS, KEPT_DAYS } from '#lib/server/security/sweep.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, url }) => {
	const query = url.searchParams;
	const cursor = query.get('cursor');
	const filter = EVENT_FIELDS.map((name) => [name, query.get(name) ?? ''] as const);
	return {
		...(await found(security.page(db, actor, { ...readEventFilter(query), cursor }))),
		filter: Object.fromEntries(filter) as Record<(typeof EVENT_FIELDS)[number], string>,
		later: cursor !== null,
		most: security.MOST_EXPORTED,
		...{ addressDays: ADDRESS_DAYS, keptDays: KEPT_DAYS }
	};
};
