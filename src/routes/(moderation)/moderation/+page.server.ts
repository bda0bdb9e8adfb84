import { fields } from '#lib/http/forms.ts';
import { found, refuse } from '#lib/http/refusals.ts';
import type { CommentRights, CommentView } from '#lib/server/comments/view.ts';
import * as decisions from '#lib/server/moderation/decide.ts';
import * as queue from '#lib/server/moderation/queue.ts';
import * as reported from '#lib/server/moderation/reported.ts';
import { redirect, type Action } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

/** Nothing but to decide: what else can be done with a comment is done in its discussion. */
const NOTHING: CommentRights = {
	...{ reply: false, quote: false, recommend: false, edit: false, delete: false },
	...{ remove: false, restore: false, decide: false },
	...{ report: false, notify: false, follow: false, mute: false, pick: false }
};

function onlyShown(view: CommentView): CommentView {
	return { ...view, depth: 0, muted: false, folded: false, can: NOTHING };
}

export const load: PageServerLoad = async ({ locals: { db, actor }, url }) => {
	const cursor = url.searchParams.get('cursor');
	const { items, next } = await found(queue.pending(db, actor, { cursor }));
	const parents = await queue.parents(db, actor, items);
	const reports = await found(
		reported.open(db, actor, { cursor: url.searchParams.get('reported') })
	);
	return {
		waiting: await queue.waiting(db, actor),
		items: items.map((item) => ({
			comment: onlyShown(item),
			parent: parents.get(item.parentId ?? '') ?? null
		})),
		next,
		reported: {
			waiting: await reported.waiting(db, actor),
			items: reports.items.map((item) => ({ ...item, comment: onlyShown(item.comment) })),
			next: reports.next,
			cursor: url.searchParams.get('reported')
		},
		cursor,
		done: url.searchParams.get('done')
	};
};

function decide(decision: typeof decisions.approve, done: string): Action {
	return async ({ locals: { db, actor }, request, url }) => {
		const { id, reason } = await fields(request, 'id', 'reason');
		try {
			await decision(db, actor, { id, reason });
		} catch (thrown) {
			return refuse(thrown, { id, reason });
		}
		const place = new URLSearchParams({ done });
		for (const name of ['cursor', 'reported']) {
			const cursor = url.searchParams.get(name);
			if (cursor !== null) place.set(name, cursor);
		}
		redirect(303, `/moderation?${place}`);
	};
}

export const actions: Actions = {
	approve: decide(decisions.approve, 'approved'),
	reject: decide(decisions.reject, 'rejected'),
	keep: decide(decisions.keep, 'kept')
};
