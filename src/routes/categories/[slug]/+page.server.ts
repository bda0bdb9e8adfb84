import { found } from '#lib/http/refusals.ts';
import * as articles from '#lib/server/articles/articles.ts';
import * as categories from '#lib/server/articles/categories.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor, tags }, params, url }) => {
	const cursor = url.searchParams.get('cursor');
	const category = await found(categories.read(db, params.slug));
	const list = await found(articles.latest(db, actor, { category: params.slug, cursor }));
	for (const { id, revision } of list.items) tags.add(`article:${id}@${revision}`);
	return { ...list, category, categories: await categories.list(db), later: cursor !== null };
};
