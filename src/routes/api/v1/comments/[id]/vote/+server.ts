import { endpoint, otherMethods } from '#lib/api/endpoint.ts';
import { answer } from '#lib/api/json.ts';
import * as votes from '#lib/server/comments/votes.ts';
import type { RequestEvent } from './$types';

export const PUT = endpoint(async ({ locals: { db, actor }, params }: RequestEvent) =>
	answer('Votes', await votes.cast(db, actor, params.id))
);

export const DELETE = endpoint(async ({ locals: { db, actor }, params }: RequestEvent) =>
	answer('Votes', await votes.withdraw(db, actor, params.id))
);

export const fallback = otherMethods('PUT', 'DELETE');
