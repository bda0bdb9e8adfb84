import { fields } from '#lib/http/forms.ts';
import { here } from '#lib/http/here.ts';
import { safePath } from '#lib/http/paths.ts';
import { found, refuse } from '#lib/http/refusals.ts';
import * as accounts from '#lib/server/accounts/accounts.ts';
import * as roles from '#lib/server/accounts/roles.ts';
import { personUrl } from '#lib/server/comments/present.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, url }) => {
	const cursor = url.searchParams.get('cursor');
	const search = url.searchParams.get('name') ?? '';
	const { items, next } = await found(accounts.list(db, actor, { search, cursor }));
	return {
		items: items.map(({ name, email, role, createdAt }) => ({
			...{ name, email, role, createdAt },
			url: personUrl(name)
		})),
		...{ next, search, later: cursor !== null, here: here(url) },
		given: url.searchParams.get('given')
	};
};

export const actions: Actions = {
	async role({ locals: { db, actor }, request }) {
		const { name, role, next } = await fields(request, 'name', 'role', 'next');
		let given: string;
		try {
			({ name: given } = await roles.give(db, actor, { name, role }));
		} catch (thrown) {
			return refuse(thrown, { name, role });
		}
		const place = new URL(safePath(next, '/admin'), 'http://afterword.invalid');
		place.searchParams.set('given', given);
		redirect(303, place.pathname + place.search);
	}
};
