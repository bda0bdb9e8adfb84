import { requireRole, type Actor } from '#lib/server/actor.ts';
import type { Database } from '#lib/server/database/database.ts';
import * as desk from '#lib/server/moderation/desk.ts';
import type { DeskDecision } from '#lib/server/moderation/desk.ts';
import type { Verb } from '#lib/server/moderation/verbs.ts';
import type { RequestEvent } from '@sveltejs/kit';
import { readBody } from './body.ts';
import * as comments from './comments.ts';
import { endpoint, originOf } from './endpoint.ts';
import { answer } from './json.ts';
import { schemas } from './schemas.ts';

type Event = Pick<RequestEvent<{ id: string }>, 'locals' | 'params' | 'request' | 'route'>;

/** The handler of an act of staff about a comment: takes the reason, answers with the comment as it is then. */
export function act(work: (db: Database, actor: Actor, input: DeskDecision) => Promise<void>) {
	return endpoint(async ({ locals: { db, actor }, params: { id }, request }: Event) => {
		requireRole(actor, 'moderator');
		const input = await readBody(request, schemas.Decision);
		await work(db, actor, { ...input, id });
		return answer('Comment', await comments.show(db, actor, originOf(request), id));
	});
}

/** The handler of a moderator's verb. */
export function decision(verb: Verb) {
	return act((db, actor, input) => desk.decide(db, actor, verb, input));
}
