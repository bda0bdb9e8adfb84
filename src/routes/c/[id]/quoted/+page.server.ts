import { found } from '#lib/http/refusals.ts';
import { serverOnly } from '#lib/http/server-only.ts';
import * as comments from '#lib/server/comments/comments.ts';
import * as quoting from '#lib/server/comments/quoting.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor, tags }, params, url }) => {
	const cursor = url.searchParams.get('cursor');
	const comment = await found(comments.read(db, actor, params.id));
	const { items, next } = await found(quoting.list(db, actor, params.id, { cursor }));
	for (const { article } of [comment, ...items])
		tags.add(`article:${article.id}@${article.revision}`);
	return { comment: serverOnly(comment), items: serverOnly(items), next, later: cursor !== null };
};
