import { found } from '#lib/http/refusals.ts';
import * as revisions from '#lib/server/comments/history.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, params }) =>
	found(revisions.history(db, actor, params.id));
