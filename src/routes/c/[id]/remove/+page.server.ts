import { fields } from '#lib/http/forms.ts';
import { safePath } from '#lib/http/paths.ts';
import { found, refuse } from '#lib/http/refusals.ts';
import * as comments from '#lib/server/comments/comments.ts';
import type { CommentRights } from '#lib/server/comments/view.ts';
import { list as listQuoting } from '#lib/server/comments/quoting.ts';
import * as decisions from '#lib/server/moderation/decide.ts';
import { error, redirect, type Action } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

// The first few tell where its words go from; the rest are behind a link.
const QUOTING_SHOWN = 5;

/** What there is to decide about a comment as it stands: it is shown, taken down, or waits. */
function verbFor(can: CommentRights): 'remove' | 'restore' | 'reject' | null {
	if (can.remove) return 'remove';
	if (can.restore) return 'restore';
	return can.decide ? 'reject' : null;
}

export const load: PageServerLoad = async ({ locals: { db, actor }, params, url }) => {
	const comment = await found(comments.read(db, actor, params.id));
	const verb = verbFor(comment.can);
	if (!verb) error(404, 'There is nothing here for you to decide.');
	const quoting = await listQuoting(db, actor, comment.id, { limit: QUOTING_SHOWN });
	return {
		comment,
		verb,
		quoting: quoting.items,
		next: safePath(url.searchParams.get('next'), comment.url)
	};
};

function decide(decision: typeof decisions.remove): Action<{ id: string }> {
	return async ({ locals: { db, actor }, params: { id }, request }) => {
		const { reason, next } = await fields(request, 'reason', 'next');
		try {
			await decision(db, actor, { id, reason });
		} catch (thrown) {
			return refuse(thrown, { reason });
		}
		redirect(303, `${safePath(next, `/c/${id}`)}#c-${id}`);
	};
}

export const actions: Actions = {
	remove: decide(decisions.remove),
	restore: decide(decisions.restore),
	reject: decide(decisions.reject)
};
