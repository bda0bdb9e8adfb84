import { readBody } from '#lib/api/body.ts';
import * as comments from '#lib/api/comments.ts';
import { endpoint, originOf, otherMethods } from '#lib/api/endpoint.ts';
import { answer, done } from '#lib/api/json.ts';
import { schemas } from '#lib/api/schemas.ts';
import { requireAccount } from '#lib/server/actor.ts';
import { edit } from '#lib/server/comments/edit.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import type { RequestEvent } from './$types';

export const GET = endpoint(async ({ locals: { db, actor }, params, request }: RequestEvent) =>
	answer('Comment', await comments.show(db, actor, originOf(request), params.id))
);

export const PATCH = endpoint(
	async ({ locals: { db, actor }, params: { id }, request }: RequestEvent) => {
		requireAccount(actor);
		const change = await readBody(request, schemas.CommentChange);
		await edit(db, actor, { id, ...change });
		return answer('Comment', await comments.show(db, actor, originOf(request), id));
	}
);

export const DELETE = endpoint(async ({ locals: { db, actor }, params }: RequestEvent) => {
	await removeOwn(db, actor, params.id);
	return done();
});

export const fallback = otherMethods('GET', 'PATCH', 'DELETE');
