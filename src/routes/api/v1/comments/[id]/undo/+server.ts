import { readBody } from '#lib/api/body.ts';
import { show } from '#lib/api/comments.ts';
import { endpoint, originOf, otherMethods } from '#lib/api/endpoint.ts';
import { answer } from '#lib/api/json.ts';
import { schemas } from '#lib/api/schemas.ts';
import { requireRole } from '#lib/server/actor.ts';
import { undo } from '#lib/server/moderation/undo.ts';
import type { RequestEvent } from './$types';

export const POST = endpoint(
	async ({ locals: { db, actor }, params: { id }, request }: RequestEvent) => {
		requireRole(actor, 'moderator');
		const { reason } = await readBody(request, schemas.Undoing);
		await undo(db, actor, { id, reason });
		return answer('Comment', await show(db, actor, originOf(request), id));
	}
);
export const fallback = otherMethods('POST');
