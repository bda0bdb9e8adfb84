import * as feeds from '#lib/feeds/comments.ts';
import { feedAnswer } from '#lib/http/feeds.ts';
import { found } from '#lib/http/refusals.ts';
import type { RequestHandler } from './$types';

/** The newest comments on an article, as Atom. */
export const GET: RequestHandler = async ({ locals: { db, siteName, tags }, params: { slug } }) => {
	const { feed, article } = await found(feeds.newest(db, siteName, slug));
	tags.add(`article:${article.id}@${article.revision}`);
	return feedAnswer(siteName, feed);
};
