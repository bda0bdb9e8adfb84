import { readBody } from '#lib/api/body.ts';
import { asArrangement, asDiscussion } from '#lib/api/discussion.ts';
import { endpoint, otherMethods } from '#lib/api/endpoint.ts';
import { answer } from '#lib/api/json.ts';
import { schemas } from '#lib/api/schemas.ts';
import { requireRole } from '#lib/server/actor.ts';
import * as discussion from '#lib/server/articles/discussion.ts';
import type { RequestEvent } from './$types';

export const GET = endpoint(async ({ locals: { db, actor }, params }: RequestEvent) =>
	answer('Discussion', asDiscussion(await discussion.forEditing(db, actor, params.slug)))
);

export const PATCH = endpoint(
	async ({ locals: { db, actor }, params: { slug }, request }: RequestEvent) => {
		requireRole(actor, 'moderator');
		const change = asArrangement(await readBody(request, schemas.DiscussionChange));
		await discussion.arrange(db, actor, slug, change);
		return answer('Discussion', asDiscussion(await discussion.forEditing(db, actor, slug)));
	}
);

export const fallback = otherMethods('GET', 'PATCH');
