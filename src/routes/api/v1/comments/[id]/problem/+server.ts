import { readBody } from '#lib/api/body.ts';
import { endpoint, originOf, otherMethods } from '#lib/api/endpoint.ts';
import { answer } from '#lib/api/json.ts';
import { asOpen } from '#lib/api/problems.ts';
import { schemas } from '#lib/api/schemas.ts';
import { requireRole } from '#lib/server/actor.ts';
import { fromComment } from '#lib/server/problems/from-comment.ts';
import * as problems from '#lib/server/problems/problems.ts';
import type { RequestEvent } from './$types';

export const POST = endpoint(async ({ locals: { db, actor }, params, request }: RequestEvent) => {
	requireRole(actor, 'moderator');
	const said = await readBody(request, schemas.NewCommentProblem);
	const { id } = await fromComment(db, actor, { ...said, id: params.id });
	const problem = asOpen(originOf(request), await problems.read(db, actor, id));
	return answer('ArticleProblem', problem, { status: 201 });
});

export const fallback = otherMethods('POST');
