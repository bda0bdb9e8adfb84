import { found } from '#lib/http/refusals.ts';
import * as articles from '#lib/server/articles/articles.ts';
import * as categories from '#lib/server/articles/categories.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor, tags }, url }) => {
	const cursor = url.searchParams.get('cursor');
	const list = await found(articles.latest(db, actor, { cursor }));
	for (const { id, revision } of list.items) tags.add(`article:${id}@${revision}`);
	return { ...list, categories: await categories.list(db), later: cursor !== null };
};
