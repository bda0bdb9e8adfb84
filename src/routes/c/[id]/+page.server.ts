import { fields } from '#lib/http/forms.ts';
import { here } from '#lib/http/here.ts';
import { safePath } from '#lib/http/paths.ts';
import { found, refuse } from '#lib/http/refusals.ts';
import { serverOnly } from '#lib/http/server-only.ts';
import type { Actor } from '#lib/server/actor.ts';
import * as context from '#lib/server/comments/context.ts';
import * as picks from '#lib/server/comments/picks.ts';
import * as votes from '#lib/server/comments/votes.ts';
import type { Database } from '#lib/server/database/database.ts';
import * as follows from '#lib/server/follows/follows.ts';
import * as decisions from '#lib/server/moderation/decide.ts';
import { redirect, type Action } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor, tags }, params, url }) => {
	const after = /^\d{1,9}$/.exec(url.searchParams.get('after') ?? '');
	const input = { after: after && Number(after[0]) };
	const view = await found(context.read(db, actor, params.id, input));
	tags.add(`article:${view.article.id}@${view.article.revision}`);
	return { ...view, thread: serverOnly(view.thread), here: here(url) };
};

type Verb = (db: Database, actor: Actor, input: decisions.Decision) => Promise<unknown>;

/** An act on one comment, which leads back to it on the page where the button was. */
function act(verb: Verb): Action<{ id: string }> {
	return async ({ locals: { db, actor }, params: { id }, request }) => {
		const { next, reason } = await fields(request, 'next', 'reason');
		try {
			await verb(db, actor, { id, reason });
		} catch (thrown) {
			return refuse(thrown, { reason });
		}
		redirect(303, `${safePath(next, `/c/${id}`)}#c-${id}`);
	};
}

export const actions: Actions = {
	recommend: act((db, actor, { id }) => votes.cast(db, actor, id)),
	withdraw: act((db, actor, { id }) => votes.withdraw(db, actor, id)),
	follow: act((db, actor, { id }) => follows.follow(db, actor, { comment: id })),
	unfollow: act((db, actor, { id }) => follows.unfollow(db, actor, { comment: id })),
	pick: act(picks.pick),
	unpick: act(picks.unpick),
	approve: act(decisions.approve),
	reject: act(decisions.reject),
	restore: act(decisions.restore)
};
