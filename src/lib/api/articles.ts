import { isStaff, within, type Actor } from '#lib/server/actor.ts';
import * as articles from '#lib/server/articles/articles.ts';
import { showsComments } from '#lib/server/articles/commenting-rules.ts';
import type { CommentingState } from '#lib/server/articles/commenting-states.ts';
import * as source from '#lib/server/articles/source.ts';
import type { ArticleSummary, ArticleView } from '#lib/server/articles/view.ts';
import type { Database } from '#lib/server/database/database.ts';
import type { Shape } from './schemas.ts';

/** The address of an article in the API. */
export function addressOf(slug: string): string {
	return `/api/v1/articles/${encodeURIComponent(slug)}`;
}

type Counted = Pick<ArticleSummary, 'commentCount' | 'categoryId'>;

function countFor(
	actor: Actor,
	{ commentCount, categoryId }: Counted,
	state: CommentingState
): number {
	return showsComments(state) || isStaff(within(actor, categoryId)) ? commentCount : 0;
}

function named<Thing extends { slug: string; name: string }>(thing: Thing | null) {
	return thing && { slug: thing.slug, name: thing.name };
}

/** An article in a list, as the API answers it. */
export function asSummary(
	origin: string,
	actor: Actor,
	article: ArticleSummary
): Shape<'ArticleSummary'> {
	return {
		slug: article.slug,
		url: origin + article.url,
		title: article.title,
		standfirst: article.standfirst,
		category: named(article.category),
		byline: named(article.byline),
		published_at: article.publishedAt?.toISOString() ?? null,
		commenting: article.commenting,
		comment_count: countFor(actor, article, article.commenting)
	};
}

function asArticle(
	origin: string,
	actor: Actor,
	article: ArticleView,
	body: string
): Shape<'Article'> {
	const { byline, source, image, commenting } = article;
	const hasImage = image.url !== '' || image.alt !== '' || image.credit !== '';
	return {
		slug: article.slug,
		url: origin + article.url,
		title: article.title,
		standfirst: article.standfirst,
		body,
		html: article.bodyHtml,
		category: named(article.category),
		byline: byline && { slug: byline.slug, name: byline.name, role: byline.role },
		source: source.name || source.url ? { name: source.name, url: source.url || null } : null,
		image: hasImage ? { url: image.url || null, alt: image.alt, credit: image.credit } : null,
		canonical_url: article.canonicalUrl || null,
		published_at: article.publishedAt?.toISOString() ?? null,
		updated_at: article.updatedAt.toISOString(),
		commenting: commenting.state,
		commenting_note: commenting.note,
		commenting_until: commenting.until?.toISOString() ?? null,
		comment_count: countFor(actor, article, commenting.state),
		version: article.version,
		corrections: article.corrections.map(({ note, at }) => ({
			note,
			corrected_at: at.toISOString()
		}))
	};
}

/** Reads an article for an answer. @throws {Refusal} 404, drafts but for editors too */
export async function show(
	db: Database,
	actor: Actor,
	origin: string,
	slug: string
): Promise<Shape<'Article'>> {
	const article = await articles.read(db, actor, slug);
	return asArticle(origin, actor, article, await source.markdown(db, article));
}
