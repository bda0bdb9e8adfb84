import * as apiArticles from '#lib/api/articles.ts';
import { asInput } from '#lib/api/article-input.ts';
import { readBody } from '#lib/api/body.ts';
import { endpoint, originOf, otherMethods } from '#lib/api/endpoint.ts';
import { answer, created } from '#lib/api/json.ts';
import { limitOf, nameOf } from '#lib/api/query.ts';
import { schemas } from '#lib/api/schemas.ts';
import { requireRole } from '#lib/server/actor.ts';
import * as articles from '#lib/server/articles/articles.ts';
import * as write from '#lib/server/articles/write.ts';
import type { RequestEvent } from './$types';

const PAGE = 20;

export const GET = endpoint(async ({ locals: { db, actor }, request, url }: RequestEvent) => {
	const query = url.searchParams;
	const { items, next } = await articles.latest(db, actor, {
		category: nameOf(query, 'category'),
		cursor: query.get('cursor'),
		limit: limitOf(query, PAGE)
	});
	const origin = originOf(request);
	return answer('ArticlePage', {
		items: items.map((article) => apiArticles.asSummary(origin, actor, article)),
		next
	});
});

export const POST = endpoint(async ({ locals: { db, actor }, request }: RequestEvent) => {
	requireRole(actor, 'editor');
	const input = asInput(await readBody(request, schemas.NewArticle));
	const { slug } = await write.create(db, actor, input);
	const article = await apiArticles.show(db, actor, originOf(request), slug);
	return created('Article', article, apiArticles.addressOf(slug));
});

export const fallback = otherMethods('GET', 'POST');
