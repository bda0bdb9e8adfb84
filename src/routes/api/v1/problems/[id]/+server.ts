import { endpoint, originOf, otherMethods } from '#lib/api/endpoint.ts';
import { answer } from '#lib/api/json.ts';
import { asSent } from '#lib/api/problems.ts';
import * as own from '#lib/server/problems/own.ts';
import type { RequestEvent } from './$types';

export const GET = endpoint(
	async ({ locals: { db, actor }, params: { id }, request, url }: RequestEvent) => {
		const secret = url.searchParams.get('key');
		const problem = await own.read(db, actor, { id, secret });
		const headers = { 'cache-control': 'no-store' };
		return answer('SentProblem', asSent(originOf(request), problem, null), { headers });
	}
);

export const fallback = otherMethods('GET');
