import * as feeds from '#lib/feeds/articles.ts';
import { feedAnswer } from '#lib/http/feeds.ts';
import type { RequestHandler } from './$types';

/** The newest articles, as Atom. */
export const GET: RequestHandler = async ({ locals: { db, siteName, tags } }) => {
	const { feed, shown } = await feeds.newest(db, siteName);
	for (const { id, revision } of shown) tags.add(`article:${id}@${revision}`);
	return feedAnswer(siteName, feed);
};
