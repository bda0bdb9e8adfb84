import * as comments from '#lib/api/comments.ts';
import { endpoint, originOf, otherMethods } from '#lib/api/endpoint.ts';
import { answer } from '#lib/api/json.ts';
import { limitOf } from '#lib/api/query.ts';
import * as quoting from '#lib/server/comments/quoting.ts';
import { withTexts } from '#lib/server/comments/texts.ts';
import type { RequestEvent } from './$types';

export const GET = endpoint(
	async ({ locals: { db, actor }, params, request, url: { searchParams } }: RequestEvent) => {
		const { items, next } = await quoting.list(db, actor, params.id, {
			cursor: searchParams.get('cursor'),
			limit: limitOf(searchParams)
		});
		const origin = originOf(request);
		const texts = await withTexts(db.read, items);
		return answer('CommentPage', {
			items: texts.map((comment) => comments.asComment(origin, comment)),
			next
		});
	}
);

export const fallback = otherMethods('GET');
