import { confirmFirst } from '#lib/http/confirm.ts';
import { fields } from '#lib/http/forms.ts';
import { here } from '#lib/http/here.ts';
import { safePath } from '#lib/http/paths.ts';
import { found, refuse } from '#lib/http/refusals.ts';
import * as accounts from '#lib/server/accounts/accounts.ts';
import * as moderates from '#lib/server/accounts/moderates.ts';
import * as roles from '#lib/server/accounts/roles.ts';
import * as categories from '#lib/server/articles/categories.ts';
import { personUrl } from '#lib/server/comments/present.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, url }) => {
	const cursor = url.searchParams.get('cursor');
	const search = url.searchParams.get('name') ?? '';
	const { items, next } = await found(accounts.list(db, actor, { search, cursor }));
	const slugs = await categories.slugs(db);
	return {
		items: items.map(({ name, email, role, createdAt, moderates: ids }) => ({
			...{ name, email, role, createdAt },
			moderates: (ids ?? []).flatMap((id) => slugs.get(id) ?? []),
			url: personUrl(name)
		})),
		categories: await categories.list(db),
		...{ next, search, later: cursor !== null, here: here(url) },
		given: url.searchParams.get('given'),
		limited: url.searchParams.get('limited')
	};
};

/** Back to the page of the list where the form was, with what was done. */
function back(next: string, done: Record<string, string>): never {
	const place = new URL(safePath(next, '/admin'), 'http://afterword.invalid');
	for (const key of ['given', 'limited']) place.searchParams.delete(key);
	for (const [key, value] of Object.entries(done)) place.searchParams.set(key, value);
	redirect(303, place.pathname + place.search);
}

export const actions: Actions = {
	async role(event) {
		const { db, actor } = event.locals;
		const { name, role, next } = await fields(event.request, 'name', 'role', 'next');
		let given: string;
		try {
			({ name: given } = await roles.give(db, actor, { name, role }));
		} catch (thrown) {
			confirmFirst(event, thrown);
			return refuse(thrown, { name, role });
		}
		return back(next, { given });
	},

	async categories({ locals: { db, actor }, request }) {
		const all = await categories.list(db);
		const boxes = all.map(({ slug }) => `in-${slug}`);
		const { name, next, ...chosen } = await fields(request, 'name', 'next', ...boxes);
		const slugs = all.flatMap(({ slug }) => (chosen[`in-${slug}`] === '' ? [] : slug));
		let limited: string;
		try {
			({ name: limited } = await moderates.limit(db, actor, { name, categories: slugs }));
		} catch (thrown) {
			return refuse(thrown, { name, role: '' });
		}
		return back(next, { limited });
	}
};
