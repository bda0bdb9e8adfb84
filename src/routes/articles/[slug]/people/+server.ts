import { found } from '#lib/http/refusals.ts';
import * as people from '#lib/server/comments/people.ts';
import { json } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** The names of those who take part, for completing one that is being written. */
export const GET: RequestHandler = async ({ locals: { db, actor }, params: { slug } }) =>
	json({ people: await found(people.inDiscussion(db, actor, slug)) });
