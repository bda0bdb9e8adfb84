import { cards } from '#lib/http/cards.ts';
import { fields } from '#lib/http/forms.ts';
import { here } from '#lib/http/here.ts';
import { safePath } from '#lib/http/paths.ts';
import { found, refuse, type Problem } from '#lib/http/refusals.ts';
import { serverOnly } from '#lib/http/server-only.ts';
import { sortOf } from '#lib/http/sort.ts';
import * as visits from '#lib/http/visits.ts';
import { readCommenting } from '#lib/forms/commenting.ts';
import { readSlow, SLOW_FIELDS } from '#lib/forms/discussion.ts';
import { isStaff, within } from '#lib/server/actor.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import * as arrangement from '#lib/server/articles/discussion.ts';
import * as posts from '#lib/server/comments/post.ts';
import * as previews from '#lib/server/comments/preview.ts';
import { mayWrite } from '#lib/server/comments/rules.ts';
import * as follows from '#lib/server/follows/follows.ts';
import { newId } from '#lib/server/ids.ts';
import { redirect, type Action } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { readPage } from './discussion.ts';
import { draftFor } from './draft.ts';

const WRITTEN = ['body', 'parent', 'key', 'quote'] as const;

export const load: PageServerLoad = async (event) => {
	const { locals, url, parent } = event;
	const { db, actor, pieces, tags } = locals;
	const wanted = { sort: sortOf(event), query: url.searchParams };
	const { kept, ...page } = await found(readPage(event, wanted));
	const { article } = page;
	tags.add(`article:${article.id}@${article.revision}`);
	const { staffMaySpeak } = article.discussion;
	const viewer = within(actor, article.categoryId);
	const open = mayWrite(viewer, { state: article.commenting.state, staffMaySpeak });
	const newSince = visits.visit(event, article.id);
	const { reading } = await parent();
	return serverOnly({
		...page,
		open,
		/** Whether the viewer moderates this article. */
		moderates: isStaff(viewer),
		cards:
			kept && cards({ ...kept, pieces }, kept.threads, { ...reading, newSince, inArticle: true }),
		draft: open ? await draftFor(db, actor, article, url.searchParams) : null,
		newSince,
		following:
			actor.accountId === null ? null : await follows.isFollowed(db.read, actor, article.id),
		here: here(url),
		later: url.searchParams.has('cursor')
	});
};

/** Sees to it that the form that comes back can be posted. */
function postAgain<Failed extends { data: { parent: string; key: string; problem: Problem } }>(
	failed: Failed
): Failed {
	const { data } = failed;
	// Other words were posted under this key before.
	if (data.problem.code === 'key-reused') data.key = newId();
	if (data.problem.field === 'parent') {
		data.parent = '';
		data.problem.message += ' You can still post your words as a new comment.';
	}
	return failed;
}

/** A change of what the reader follows, which leads back to the page where the button was. */
function change(verb: typeof follows.follow): Action<{ slug: string }> {
	return async ({ locals: { db, actor }, params: { slug }, request }) => {
		const { next } = await fields(request, 'next');
		try {
			await verb(db, actor, { article: slug });
		} catch (thrown) {
			return refuse(thrown, { next });
		}
		redirect(303, safePath(next, `/articles/${encodeURIComponent(slug)}#comments`));
	};
}

export const actions: Actions = {
	follow: change(follows.follow),
	unfollow: change(follows.unfollow),

	async post({ locals: { db, actor }, params: { slug }, request }) {
		const { anyway, ...kept } = await fields(request, ...WRITTEN, 'anyway');
		let id: string;
		try {
			({ id } = await posts.post(db, actor, {
				...kept,
				article: slug,
				parent: kept.parent || null,
				nudge: anyway === ''
			}));
		} catch (thrown) {
			return postAgain(refuse(thrown, kept));
		}
		redirect(303, `/articles/${encodeURIComponent(slug)}?c=${id}#c-${id}`);
	},

	async preview({ locals: { db, actor }, params: { slug }, request }) {
		const kept = await fields(request, ...WRITTEN);
		try {
			const preview = await previews.preview(db, actor, { article: slug, body: kept.body });
			return { ...kept, preview };
		} catch (thrown) {
			return refuse(thrown, kept);
		}
	},

	async commenting({ locals: { db, actor }, params: { slug }, request }) {
		const kept = await fields(request, 'state', 'reason', 'note', 'until');
		try {
			await commenting.set(db, actor, slug, readCommenting(kept));
		} catch (thrown) {
			return refuse(thrown, kept);
		}
		redirect(303, `/articles/${encodeURIComponent(slug)}#comments`);
	},

	async slow({ locals: { db, actor }, params: { slug }, request }) {
		const slow = await fields(request, ...SLOW_FIELDS);
		try {
			await arrangement.arrange(db, actor, slug, readSlow(slow));
		} catch (thrown) {
			return refuse(thrown, { slow });
		}
		redirect(303, `/articles/${encodeURIComponent(slug)}#comments`);
	}
};
