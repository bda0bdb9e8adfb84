import { ARTICLE_FIELDS, NEW_ARTICLE, readArticle } from '#lib/forms/article.ts';
import { fields } from '#lib/http/forms.ts';
import { refuse } from '#lib/http/refusals.ts';
import * as bylines from '#lib/server/articles/bylines.ts';
import * as categories from '#lib/server/articles/categories.ts';
import * as articles from '#lib/server/articles/write.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db } }) => ({
	values: NEW_ARTICLE,
	categories: await categories.list(db),
	bylines: await bylines.list(db)
});

export const actions: Actions = {
	async default({ locals: { db, actor }, request }) {
		const values = await fields(request, ...ARTICLE_FIELDS);
		let slug: string;
		try {
			({ slug } = await articles.create(db, actor, readArticle(values)));
		} catch (thrown) {
			return refuse(thrown, { values });
		}
		redirect(303, `/newsroom/${encodeURIComponent(slug)}?done=saved`);
	}
};
