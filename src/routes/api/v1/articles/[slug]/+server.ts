import { change } from '#lib/api/article-input.ts';
import * as articles from '#lib/api/articles.ts';
import { readBody } from '#lib/api/body.ts';
import { endpoint, originOf, otherMethods } from '#lib/api/endpoint.ts';
import { answer } from '#lib/api/json.ts';
import { schemas } from '#lib/api/schemas.ts';
import { requireRole } from '#lib/server/actor.ts';
import type { RequestEvent } from './$types';

export const GET = endpoint(async ({ locals: { db, actor }, params, request }: RequestEvent) =>
	answer('Article', await articles.show(db, actor, originOf(request), params.slug))
);

export const PATCH = endpoint(
	async ({ locals: { db, actor }, params: { slug }, request }: RequestEvent) => {
		requireRole(actor, 'moderator');
		await change(db, actor, slug, await readBody(request, schemas.ArticleChange));
		return answer('Article', await articles.show(db, actor, originOf(request), slug));
	}
);

export const fallback = otherMethods('GET', 'PATCH');
