import { endpoint, originOf, otherMethods } from '#lib/api/endpoint.ts';
import { answer } from '#lib/api/json.ts';
import { asStatement } from '#lib/api/statements.ts';
import * as statements from '#lib/server/moderation/statement-reading.ts';
import type { RequestEvent } from './$types';

export const GET = endpoint(async ({ locals: { db, actor }, request, url }: RequestEvent) => {
	const cursor = url.searchParams.get('cursor');
	const { items, next } = await statements.list(db, actor, { cursor });
	const origin = originOf(request);
	return answer('StatementPage', {
		items: items.map((statement) => asStatement(origin, statement)),
		next
	});
});

export const fallback = otherMethods('GET');
