import { readBody } from '#lib/api/body.ts';
import { endpoint, otherMethods } from '#lib/api/endpoint.ts';
import { done } from '#lib/api/json.ts';
import { schemas } from '#lib/api/schemas.ts';
import { requireAccount } from '#lib/server/actor.ts';
import { report } from '#lib/server/moderation/reports.ts';
import type { RequestEvent } from './$types';

export const POST = endpoint(
	async ({ locals: { db, actor }, params: { id }, request }: RequestEvent) => {
		requireAccount(actor);
		const { good_faith: goodFaith, ...said } = await readBody(request, schemas.NewReport);
		await report(db, actor, { id, ...said, goodFaith });
		return done();
	}
);

export const fallback = otherMethods('POST');
