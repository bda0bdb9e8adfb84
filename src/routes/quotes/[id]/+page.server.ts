import { found } from '#lib/http/refusals.ts';
import { serverOnly } from '#lib/http/server-only.ts';
import * as quotes from '#lib/server/quotes/detail.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor, tags }, params }) => {
	const detail = await found(quotes.read(db, actor, params.id));
	tags.add(`article:${detail.article.id}@${detail.article.revision}`);
	return { detail: serverOnly(detail) };
};
