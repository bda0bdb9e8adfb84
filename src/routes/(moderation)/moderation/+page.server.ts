import { atMost } from '#lib/format/counts.ts';
import { fields, fieldsAndList } from '#lib/http/forms.ts';
import { tabOf } from '#lib/http/queue-tab.ts';
import { found, refuse } from '#lib/http/refusals.ts';
import { serverOnly } from '#lib/http/server-only.ts';
import { isId, newId } from '#lib/server/ids.ts';
import { grouped } from '#lib/server/moderation/alike.ts';
import * as claims from '#lib/server/moderation/claims.ts';
import * as desk from '#lib/server/moderation/desk.ts';
import * as queue from '#lib/server/moderation/queue.ts';
import * as times from '#lib/server/moderation/times.ts';
import { undo } from '#lib/server/moderation/undo.ts';
import { verbOf } from '#lib/server/moderation/verbs.ts';
import * as waiting from '#lib/server/moderation/waiting.ts';
import { error, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

function inWords(desk: waiting.Desk) {
	const parts = Object.entries(desk).map(([part, { count, oldest }]) => [
		part,
		{ count: atMost(count, waiting.MOST_COUNTED), oldest }
	]);
	return Object.fromEntries(parts) as Record<
		keyof waiting.Desk,
		{ count: string; oldest: Date | null }
	>;
}

function decisionsIn({ count, median }: times.Times) {
	const some = `${atMost(count, times.MOST_TIMED)} ${count === 1 ? 'decision' : 'decisions'}`;
	return { median, decisions: some };
}

/** The page of the queue that an act was done on, with what was done. */
function backTo(url: URL, done: Record<string, string>): string {
	const place = new URLSearchParams({ tab: tabOf(url), ...done });
	const cursor = url.searchParams.get('cursor');
	if (cursor !== null) place.set('cursor', cursor);
	return `/moderation?${place}`;
}

export const load: PageServerLoad = async ({ locals: { db, actor }, url }) => {
	const tab = tabOf(url);
	const cursor = url.searchParams.get('cursor');
	// Whatever comes after this is new to the page.
	const since = newId();
	const { items, next } = await found(queue.page(db, actor, { tab, cursor }));
	const id = url.searchParams.get('id');
	return {
		...{ tab, cursor, next, since, deskScript: __DESK_SCRIPT__ },
		waiting: inWords(await waiting.desk(db, actor)),
		today: decisionsIn(await times.today(db, actor)),
		groups: serverOnly(grouped(items)),
		done: verbOf(url.searchParams.get('done') ?? ''),
		undone: url.searchParams.get('done') === 'undone',
		decided: isId(id) ? id : null
	};
};

export const actions: Actions = {
	decide: async ({ locals: { db, actor }, request, url }) => {
		const form = await fields(request, 'id', 'verb', 'ground', 'reason', 'law', 'anyway');
		const { id, reason, law } = form;
		const verb = verbOf(form.verb) ?? error(400, 'There is no such decision.');
		try {
			await desk.decide(db, actor, verb, { ...form, anyway: form.anyway !== '' });
		} catch (thrown) {
			return refuse(thrown, { id, reason, law });
		}
		redirect(303, backTo(url, { done: verb, id }));
	},
	undo: async ({ locals: { db, actor }, request, url }) => {
		const { id } = await fields(request, 'id');
		try {
			await undo(db, actor, { id });
		} catch (thrown) {
			return refuse(thrown, { id: '' });
		}
		redirect(303, `${backTo(url, { done: 'undone' })}#w-${id}`);
	},
	take: async ({ locals: { db, actor }, request, url }) => {
		const { id } = await fields(request, 'id');
		try {
			await claims.take(db, actor, { id });
		} catch (thrown) {
			return refuse(thrown, { id });
		}
		redirect(303, `${backTo(url, {})}#w-${id}`);
	},
	together: async ({ locals: { db, actor }, request }) => {
		const form = await fieldsAndList(request, 'ids', 'verb', 'ground');
		const verb = verbOf(form.verb) ?? error(400, 'There is no such decision.');
		try {
			const { ids, ground } = form;
			return { together: await desk.together(db, actor, verb, { ids, ground, reason: '' }) };
		} catch (thrown) {
			return refuse(thrown, { id: '' });
		}
	}
};
