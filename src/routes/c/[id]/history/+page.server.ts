import { found } from '#lib/http/refusals.ts';
import * as revisions from '#lib/server/comments/history.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor, tags }, params }) => {
	const view = await found(revisions.history(db, actor, params.id));
	tags.add(`article:${view.comment.article.id}@${view.comment.article.revision}`);
	return view;
};
