import { requireRole, type Actor } from '#lib/server/actor.ts';
import type { Database } from '#lib/server/database/database.ts';
import * as desk from '#lib/server/moderation/desk.ts';
import type { Verb } from '#lib/server/moderation/verbs.ts';
import type { RequestEvent } from '@sveltejs/kit';
import { readBody } from './body.ts';
import * as comments from './comments.ts';
import { endpoint, originOf } from './endpoint.ts';
import { answer } from './json.ts';
import { schemas } from './schemas.ts';

type Event = Pick<RequestEvent<{ id: string }>, 'locals' | 'params' | 'request' | 'route'>;

/** The handler of something that staff do with a comment: takes the reason, answers with it as it is then. */
export function decision(
	decide: (db: Database, actor: Actor, input: desk.DeskDecision) => Promise<void>
) {
	return endpoint(async ({ locals: { db, actor }, params: { id }, request }: Event) => {
		requireRole(actor, 'moderator');
		const input = await readBody(request, schemas.Decision);
		await decide(db, actor, { ...input, id });
		return answer('Comment', await comments.show(db, actor, originOf(request), id));
	});
}

/** The handler of a moderator's verb. */
export function verb(name: Verb) {
	return decision((db, actor, input) => desk.decide(db, actor, name, input));
}
