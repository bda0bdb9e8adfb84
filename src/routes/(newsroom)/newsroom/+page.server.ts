import { found } from '#lib/http/refusals.ts';
import * as articles from '#lib/server/articles/articles.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, url }) => {
	const cursor = url.searchParams.get('cursor');
	return { ...(await found(articles.desk(db, actor, { cursor }))), later: cursor !== null };
};
