import { endpoint, otherMethods } from '#lib/api/endpoint.ts';
import { done } from '#lib/api/json.ts';
import * as mutes from '#lib/server/mutes/mutes.ts';
import type { RequestEvent } from './$types';

export const PUT = endpoint(async ({ locals: { db, actor }, params }: RequestEvent) => {
	await mutes.mute(db, actor, params.name);
	return done();
});

export const DELETE = endpoint(async ({ locals: { db, actor }, params }: RequestEvent) => {
	await mutes.unmute(db, actor, params.name);
	return done();
});

export const fallback = otherMethods('PUT', 'DELETE');
