import { endpoint, originOf, otherMethods } from '#lib/api/endpoint.ts';
import { answer } from '#lib/api/json.ts';
import { asSent } from '#lib/api/problems.ts';
import * as own from '#lib/server/problems/own.ts';
import type { RequestEvent } from './$types';

export const GET = endpoint(async ({ locals: { db, actor }, request, url }: RequestEvent) => {
	const cursor = url.searchParams.get('cursor');
	const { items, next } = await own.list(db, actor, { cursor });
	const origin = originOf(request);
	return answer('SentProblemPage', {
		items: items.map((item) => asSent(origin, item, null)),
		next
	});
});

export const fallback = otherMethods('GET');
