import * as feeds from '#lib/feeds/articles.ts';
import { feedAnswer } from '#lib/http/feeds.ts';
import { found } from '#lib/http/refusals.ts';
import type { RequestHandler } from './$types';

/** The newest articles of a category, as Atom. */
export const GET: RequestHandler = async ({ locals: { db, siteName, tags }, params: { slug } }) => {
	const { feed, shown } = await found(feeds.newestOf(db, siteName, slug));
	for (const { id, revision } of shown) tags.add(`article:${id}@${revision}`);
	return feedAnswer(siteName, feed);
};
