import { requireRole } from '#lib/server/actor.ts';
import type { remove } from '#lib/server/moderation/decide.ts';
import type { RequestEvent } from '@sveltejs/kit';
import { readBody } from './body.ts';
import * as comments from './comments.ts';
import { endpoint, originOf } from './endpoint.ts';
import { answer } from './json.ts';
import { schemas } from './schemas.ts';

type Event = Pick<RequestEvent<{ id: string }>, 'locals' | 'params' | 'request' | 'route'>;

/** The handler of a moderator's verb: takes the reason, answers with the comment as it is then. */
export function decision(decide: typeof remove) {
	return endpoint(async ({ locals: { db, actor }, params: { id }, request }: Event) => {
		requireRole(actor, 'moderator');
		const { reason } = await readBody(request, schemas.Decision);
		await decide(db, actor, { id, reason });
		return answer('Comment', await comments.show(db, actor, originOf(request), id));
	});
}
