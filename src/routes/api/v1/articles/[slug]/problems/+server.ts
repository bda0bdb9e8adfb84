import { readBody } from '#lib/api/body.ts';
import { endpoint, originOf, otherMethods } from '#lib/api/endpoint.ts';
import { answer } from '#lib/api/json.ts';
import { addressOf, asSent } from '#lib/api/problems.ts';
import { schemas } from '#lib/api/schemas.ts';
import * as own from '#lib/server/problems/own.ts';
import { send } from '#lib/server/problems/report.ts';
import type { RequestEvent } from './$types';

export const POST = endpoint(
	async ({ locals: { db, actor }, params: { slug }, request }: RequestEvent) => {
		const said = await readBody(request, schemas.NewProblem);
		const { id, secret } = await send(db, actor, { ...said, article: slug });
		const problem = await own.read(db, actor, { id, secret });
		return answer('SentProblem', asSent(originOf(request), problem, secret), {
			status: 201,
			headers: { location: addressOf(id, secret), 'cache-control': 'no-store' }
		});
	}
);

export const fallback = otherMethods('POST');
