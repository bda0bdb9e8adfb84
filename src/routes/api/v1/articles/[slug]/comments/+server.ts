import { readBody } from '#lib/api/body.ts';
import * as comments from '#lib/api/comments.ts';
import { endpoint, originOf, otherMethods } from '#lib/api/endpoint.ts';
import { answer, created } from '#lib/api/json.ts';
import { limitOf } from '#lib/api/query.ts';
import { schemas } from '#lib/api/schemas.ts';
import { requireAccount } from '#lib/server/actor.ts';
import * as listing from '#lib/server/comments/listing.ts';
import * as posts from '#lib/server/comments/post.ts';
import { readSort } from '#lib/server/comments/sorts.ts';
import type { RequestEvent } from './$types';

export const GET = endpoint(
	async ({ locals: { db, actor }, params, request, url: { searchParams } }: RequestEvent) => {
		const article = await listing.articleOf(db, actor, params.slug);
		const { items, next } = await listing.list(db, actor, article, {
			sort: readSort(searchParams.get('sort')),
			passage: searchParams.get('passage'),
			cursor: searchParams.get('cursor'),
			limit: limitOf(searchParams)
		});
		const origin = originOf(request);
		return answer('CommentPage', {
			items: items.map((comment) => comments.asComment(origin, comment)),
			next
		});
	}
);

export const POST = endpoint(
	async ({ locals: { db, actor }, params: { slug }, request }: RequestEvent) => {
		requireAccount(actor);
		const { body, parent, nudge } = await readBody(request, schemas.NewComment);
		const key = request.headers.get('idempotency-key');
		const input = { article: slug, body, parent, key, nudge };
		const posted = await posts.postWithText(db, actor, input);
		const comment = comments.asComment(originOf(request), posted.comment);
		const location = comments.addressOf(posted.id);
		return posted.created
			? created('Comment', comment, location)
			: answer('Comment', comment, { headers: { location } });
	}
);

export const fallback = otherMethods('GET', 'POST');
