import type { ArticleView } from '#lib/server/articles/view.ts';
import type { Correction } from '#lib/server/problems/corrections.ts';
import { iso } from './times.ts';

/** What is undefined of it is left out. */
type Thing = { '@type': string } & Record<string, unknown>;

interface Site {
	siteName: string;
	/** '' where it is not settled: addresses are then relative to the page. */
	origin: string;
}

function correction({ note, at }: Correction): Thing {
	return { '@type': 'CorrectionComment', text: note, datePublished: at };
}

/** Where programs find an article: its name in what they are told of it. */
export function identityOf({ canonicalUrl, url }: ArticleView, origin: string): string {
	return canonicalUrl || origin + url;
}

/**
 * An article as schema.org's `NewsArticle`. Its comments are marked where they stand on the page, within
 * an item of the same identity.
 */
export function newsArticle(article: ArticleView, site: Site): Thing {
	const { byline, image, category, corrections } = article;
	const { origin, siteName } = site;
	const url = identityOf(article, origin);
	return {
		'@context': 'https://schema.org',
		'@type': 'NewsArticle',
		'@id': url,
		headline: article.title,
		...(article.standfirst ? { description: article.standfirst } : {}),
		url,
		mainEntityOfPage: url,
		...(article.publishedAt ? { datePublished: iso(article.publishedAt) } : {}),
		dateModified: iso(article.updatedAt),
		...(byline
			? {
					author: { '@type': 'Person', name: byline.name, url: `${origin}/bylines/${byline.slug}` }
				}
			: {}),
		...(image.url ? { image: image.url } : {}),
		...(category ? { articleSection: category.name } : {}),
		...(corrections.length > 0 ? { correction: corrections.map(correction) } : {}),
		publisher: { '@type': 'Organization', name: siteName },
		commentCount: article.commentCount,
		discussionUrl: `${origin}${article.url}#comments`
	};
}

/** A thing as the element that carries it; no text in it can end the element. */
export function structuredData(thing: Thing): string {
	const json = JSON.stringify(thing).replace(/</g, '\\u003c');
	return `<script type="application/ld+json">${json}</script>`;
}
