import { ARTICLE_FIELDS, readArticle, readVersion, type ArticleForm } from '#lib/forms/article.ts';
import { readCommenting } from '#lib/forms/commenting.ts';
import { fields } from '#lib/http/forms.ts';
import { found, refuse } from '#lib/http/refusals.ts';
import * as articles from '#lib/server/articles/articles.ts';
import * as bylines from '#lib/server/articles/bylines.ts';
import * as categories from '#lib/server/articles/categories.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import * as writing from '#lib/server/articles/write.ts';
import * as corrections from '#lib/server/problems/corrections.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

function formOf(article: writing.ArticleForEditing, category: string): ArticleForm {
	const { id: _, commenting: __, published, version, ...text } = article;
	return { ...text, category, published: published ? 'on' : '', version: String(version) };
}

export const load: PageServerLoad = async ({ locals: { db, actor }, params: { slug }, url }) => {
	const stored = await found(writing.forEditing(db, actor, slug));
	const view = await found(articles.read(db, actor, slug));
	return {
		values: formOf(stored, view.category?.name ?? ''),
		article: {
			url: view.url,
			title: view.title,
			commenting: view.commenting,
			corrections: view.corrections
		},
		categories: await categories.list(db),
		bylines: await bylines.list(db),
		done: url.searchParams.get('done')
	};
};

export const actions: Actions = {
	async save({ locals: { db, actor }, params: { slug }, request }) {
		const values = await fields(request, ...ARTICLE_FIELDS);
		try {
			const version = readVersion(values);
			await writing.edit(db, actor, slug, { ...readArticle(values), version });
		} catch (thrown) {
			return refuse(thrown, { values });
		}
		redirect(303, `/newsroom/${encodeURIComponent(slug)}?done=saved`);
	},

	async commenting({ locals: { db, actor }, params: { slug }, request }) {
		const kept = await fields(request, 'state', 'reason', 'note', 'until');
		try {
			await commenting.set(db, actor, slug, readCommenting(kept));
		} catch (thrown) {
			return refuse(thrown, kept);
		}
		redirect(303, `/newsroom/${encodeURIComponent(slug)}?done=commenting`);
	},

	async correct({ locals: { db, actor }, params: { slug }, request }) {
		const { note } = await fields(request, 'note');
		try {
			await corrections.publish(db, actor, { article: slug, note });
		} catch (thrown) {
			return refuse(thrown, { note });
		}
		redirect(303, `/newsroom/${encodeURIComponent(slug)}?done=corrected`);
	}
};
