import { endpoint, otherMethods } from '#lib/api/endpoint.ts';
import { done } from '#lib/api/json.ts';
import * as follows from '#lib/server/follows/follows.ts';
import type { RequestEvent } from './$types';

export const PUT = endpoint(async ({ locals: { db, actor }, params }: RequestEvent) => {
	await follows.follow(db, actor, { comment: params.id });
	return done();
});

export const DELETE = endpoint(async ({ locals: { db, actor }, params }: RequestEvent) => {
	await follows.unfollow(db, actor, { comment: params.id });
	return done();
});

export const fallback = otherMethods('PUT', 'DELETE');
