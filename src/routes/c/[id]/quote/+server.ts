import { markdownAnswer } from '#lib/http/markdown.ts';
import { found } from '#lib/http/refusals.ts';
import { quoteMarkdown } from '#lib/server/quotes/quoting.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { db, actor }, params, url }) => {
	const passage = url.searchParams.get('passage') ?? '';
	return markdownAnswer(await found(quoteMarkdown(db, actor, params.id, passage)));
};
