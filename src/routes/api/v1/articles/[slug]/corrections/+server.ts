import * as articles from '#lib/api/articles.ts';
import { readBody } from '#lib/api/body.ts';
import { endpoint, originOf, otherMethods } from '#lib/api/endpoint.ts';
import { created } from '#lib/api/json.ts';
import { schemas } from '#lib/api/schemas.ts';
import { requireRole } from '#lib/server/actor.ts';
import { publish } from '#lib/server/problems/corrections.ts';
import type { RequestEvent } from './$types';

export const POST = endpoint(
	async ({ locals: { db, actor }, params: { slug }, request }: RequestEvent) => {
		requireRole(actor, 'editor');
		const { note } = await readBody(request, schemas.NewCorrection);
		await publish(db, actor, { article: slug, note });
		const article = await articles.show(db, actor, originOf(request), slug);
		return created('Article', article, articles.addressOf(slug));
	}
);

export const fallback = otherMethods('POST');
