import * as feeds from '#lib/feeds/comments.ts';
import { feedAnswer } from '#lib/http/feeds.ts';
import * as previousNames from '#lib/server/accounts/names/previous-names.ts';
import { personUrl } from '#lib/server/comments/present.ts';
import { error, redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** The newest comments of somebody, as Atom; who asks by an earlier name is led on. */
export const GET: RequestHandler = async ({ locals: { db, siteName, tags }, params: { name } }) => {
	const found = await feeds.newestBy(db, siteName, name);
	if (!found) {
		const now = await previousNames.nowCalled(db.read, name);
		if (now === null) error(404, 'There is nobody of this name here.');
		redirect(302, `${personUrl(now)}/feed.xml`);
	}
	const { feed, person, articles } = found;
	tags.add(`account:${person.id}@${person.revision}`);
	for (const { id, revision } of articles) tags.add(`article:${id}@${revision}`);
	return feedAnswer(siteName, feed);
};
