import type { ArticleInput } from '#lib/server/articles/write.ts';

/** The fields of the form that an article is written in; all are text. */
export const ARTICLE_FIELDS = [
	...(['title', 'standfirst', 'body', 'category', 'byline'] as const),
	...(['sourceName', 'sourceUrl', 'imageUrl', 'imageAlt', 'imageCredit'] as const),
	...(['url', 'slug', 'published', 'version'] as const)
] as const;

/** An article as its form holds it: `published` is 'on' or '', `version` a number or ''. */
export type ArticleForm = Record<(typeof ARTICLE_FIELDS)[number], string>;

/** An empty form. */
export const NEW_ARTICLE: Readonly<ArticleForm> = {
	...{ title: '', standfirst: '', body: '', category: '', byline: '' },
	...{ sourceName: '', sourceUrl: '', imageUrl: '', imageAlt: '', imageCredit: '' },
	...{ url: '', slug: '', published: '', version: '' }
};

/** What an editor wrote in the form. */
export function readArticle({ published, version: _, ...text }: ArticleForm): ArticleInput {
	return { ...text, published: published === 'on' };
}

/** The version that was edited; what is no number is no version that there ever was. */
export function readVersion({ version }: Pick<ArticleForm, 'version'>): number {
	return /^\d{1,9}$/.test(version) ? Number(version) : 0;
}
