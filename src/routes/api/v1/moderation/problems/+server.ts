import { endpoint, originOf, otherMethods } from '#lib/api/endpoint.ts';
import { answer } from '#lib/api/json.ts';
import { asOpen } from '#lib/api/problems.ts';
import * as problems from '#lib/server/problems/problems.ts';
import type { RequestEvent } from './$types';

export const GET = endpoint(async ({ locals: { db, actor }, request, url }: RequestEvent) => {
	const cursor = url.searchParams.get('cursor');
	const { items, next } = await problems.open(db, actor, { cursor });
	const origin = originOf(request);
	return answer('ArticleProblemPage', { items: items.map((item) => asOpen(origin, item)), next });
});

export const fallback = otherMethods('GET');
