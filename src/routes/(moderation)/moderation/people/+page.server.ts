import { found } from '#lib/http/refusals.ts';
import * as accounts from '#lib/server/accounts/accounts.ts';
import { latest } from '#lib/server/moderation/people/latest.ts';
import { recordUrl } from '#lib/server/moderation/people/record.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, url }) => {
	const search = url.searchParams.get('name') ?? '';
	const cursor = url.searchParams.get('cursor');
	if (search === '') return { search, latest: await found(latest(db, actor)), people: null };
	const { items, next } = await found(accounts.named(db, actor, { name: search, cursor }));
	const people = items.map(({ name, role, createdAt }) => ({
		...{ name, role, createdAt },
		url: recordUrl(name)
	}));
	return { search, latest: [], people, next, later: cursor !== null };
};
