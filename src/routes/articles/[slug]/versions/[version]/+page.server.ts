import { found } from '#lib/http/refusals.ts';
import { serverOnly } from '#lib/http/server-only.ts';
import * as versions from '#lib/server/articles/versions.ts';
import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor, tags }, params }) => {
	if (!/^[1-9]\d{0,8}$/.test(params.version)) error(404, 'There is no such version.');
	const view = await found(versions.read(db, actor, params.slug, Number(params.version)));
	tags.add(`article:${view.article.id}@${view.article.revision}`);
	return { view: serverOnly(view) };
};
