import { readBody } from '#lib/api/body.ts';
import { endpoint, otherMethods } from '#lib/api/endpoint.ts';
import { done } from '#lib/api/json.ts';
import { schemas } from '#lib/api/schemas.ts';
import { requireAccount } from '#lib/server/actor.ts';
import * as notifications from '#lib/server/notifications/notifications.ts';
import type { RequestEvent } from './$types';

export const POST = endpoint(async ({ locals: { db, actor }, request }: RequestEvent) => {
	requireAccount(actor);
	const { ids } = await readBody(request, schemas.MarkRead);
	await notifications.markRead(db, actor, ids ?? 'all');
	return done();
});

export const fallback = otherMethods('POST');
