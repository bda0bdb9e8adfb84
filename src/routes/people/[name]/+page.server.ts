import { fields } from '#lib/http/forms.ts';
import { pictureUrl } from '#lib/format/people.ts';
import { safePath } from '#lib/http/paths.ts';
import { found, refuse } from '#lib/http/refusals.ts';
import * as accounts from '#lib/server/accounts/accounts.ts';
import * as previousNames from '#lib/server/accounts/names/previous-names.ts';
import * as comments from '#lib/server/comments/comments.ts';
import { isStaff } from '#lib/server/actor.ts';
import { personUrl } from '#lib/server/comments/present.ts';
import type { Database } from '#lib/server/database/database.ts';
import { recordUrl } from '#lib/server/moderation/people/record.ts';
import * as mutes from '#lib/server/mutes/mutes.ts';
import { error, redirect, type Action } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

/** To who had this name before they took another. @throws SvelteKit's redirect, or its error 404 */
async function leadOn(db: Database, name: string): Promise<never> {
	const now = await previousNames.nowCalled(db.read, name);
	if (now === null) error(404, 'There is nobody of this name here.');
	redirect(302, personUrl(now));
}

export const load: PageServerLoad = async ({ locals: { db, actor, tags }, params, url }) => {
	const cursor = url.searchParams.get('cursor');
	const account = await accounts.byName(db.read, params.name);
	if (!account) return leadOn(db, params.name);
	tags.add(`account:${account.id}@${account.revision}`);
	const list = await found(comments.byPerson(db, actor, account.id, { cursor }));
	for (const { article } of list.items) tags.add(`article:${article.id}@${article.revision}`);
	const { name, role, bio, createdAt, pictureId } = account;
	const picture = pictureId && pictureUrl(pictureId);
	return {
		...list,
		/** Null for oneself and for guests, who mute nobody. */
		muted:
			actor.accountId === null || actor.accountId === account.id
				? null
				: await mutes.isMuted(db.read, actor, account.id),
		/** For moderators. */
		record: isStaff(actor) ? recordUrl(account.name) : null,
		person: { name, role, bio, createdAt, picture, url: personUrl(name) },
		later: cursor !== null
	};
};

/** An act about a person, which leads back to the page where the button was. */
function act(verb: typeof mutes.mute): Action<{ name: string }> {
	return async ({ locals: { db, actor }, params: { name }, request }) => {
		const { next } = await fields(request, 'next');
		try {
			await verb(db, actor, name);
		} catch (thrown) {
			return refuse(thrown, {});
		}
		redirect(303, safePath(next, personUrl(name)));
	};
}

export const actions: Actions = { mute: act(mutes.mute), unmute: act(mutes.unmute) };
