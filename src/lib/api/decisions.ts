import { requireRole } from '#lib/server/actor.ts';
import * as desk from '#lib/server/moderation/desk.ts';
import type { Verb } from '#lib/server/moderation/verbs.ts';
import type { RequestEvent } from '@sveltejs/kit';
import { readBody } from './body.ts';
import * as comments from './comments.ts';
import { endpoint, originOf } from './endpoint.ts';
import { answer } from './json.ts';
import { schemas } from './schemas.ts';

type Event = Pick<RequestEvent<{ id: string }>, 'locals' | 'params' | 'request' | 'route'>;

/** The handler of a moderator's verb: takes the reason, answers with the comment as it is then. */
export function decision(verb: Verb) {
	return endpoint(async ({ locals: { db, actor }, params: { id }, request }: Event) => {
		requireRole(actor, 'moderator');
		const input = await readBody(request, schemas.Decision);
		await desk.decide(db, actor, verb, { ...input, id });
		return answer('Comment', await comments.show(db, actor, originOf(request), id));
	});
}
