import { found } from '#lib/http/refusals.ts';
import * as articles from '#lib/server/articles/articles.ts';
import * as bylines from '#lib/server/articles/bylines.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor, tags }, params, url }) => {
	const cursor = url.searchParams.get('cursor');
	const byline = await found(bylines.read(db, params.slug));
	const list = await found(articles.latest(db, actor, { byline: params.slug, cursor }));
	for (const { id, revision } of list.items) tags.add(`article:${id}@${revision}`);
	return { ...list, byline, later: cursor !== null };
};
