import { markdownAnswer } from '#lib/http/markdown.ts';
import { found } from '#lib/http/refusals.ts';
import { articleMarkdown } from '#lib/server/quotes/quoting.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { db, actor }, params, url }) => {
	const passage = url.searchParams.get('passage') ?? '';
	return markdownAnswer(await found(articleMarkdown(db, actor, params.slug, passage)));
};
