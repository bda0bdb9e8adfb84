import { found } from '#lib/http/refusals.ts';
import * as accounts from '#lib/server/accounts/accounts.ts';
import * as comments from '#lib/server/comments/comments.ts';
import { personUrl } from '#lib/server/comments/present.ts';
import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor, tags }, params, url }) => {
	const cursor = url.searchParams.get('cursor');
	const account = await accounts.byName(db.read, params.name);
	if (!account) error(404, 'There is nobody of this name here.');
	tags.add(`account:${account.id}@${account.revision}`);
	const list = await found(comments.byPerson(db, actor, account.id, { cursor }));
	for (const { article } of list.items) tags.add(`article:${article.id}@${article.revision}`);
	const { name, role, bio, createdAt } = account;
	return {
		...list,
		person: { name, role, bio, createdAt, url: personUrl(name) },
		later: cursor !== null
	};
};
