import { guest } from '#lib/server/actor.ts';
import * as articles from '#lib/server/articles/articles.ts';
import * as categories from '#lib/server/articles/categories.ts';
import { showsComments } from '#lib/server/articles/commenting-rules.ts';
import type { ArticleSummary } from '#lib/server/articles/view.ts';
import type { Database } from '#lib/server/database/database.ts';
import type { Feed, FeedEntry } from './atom.ts';

// What a busy day brings, so that who asks once a day misses little.
const NEWEST = 50;

/** The feed of what is said about an article. */
export function commentsPath({ url }: Pick<ArticleSummary, 'url'>): string {
	return `${url}/feed.xml`;
}

function entry(article: ArticleSummary): FeedEntry {
	const { byline, commenting, publishedAt, updatedAt } = article;
	return {
		path: article.url,
		title: article.title,
		author: byline && { name: byline.name, path: `/bylines/${byline.slug}` },
		publishedAt: publishedAt ?? updatedAt,
		updatedAt,
		summary: article.standfirst,
		category: article.category,
		...(showsComments(commenting)
			? { replies: { path: commentsPath(article), count: article.commentCount } }
			: {})
	};
}

/** A feed of articles, and which they are. */
export interface ArticleFeed {
	feed: Feed;
	shown: ArticleSummary[];
}

/** The newest published articles, as guests see them. */
export async function newest(db: Database, siteName: string): Promise<ArticleFeed> {
	const { items } = await articles.latest(db, guest(), { limit: NEWEST });
	const feed = { title: siteName, path: '/feed.xml', page: '/', entries: items.map(entry) };
	return { feed, shown: items };
}

/** Those of a category. @throws {Refusal} 404 */
export async function newestOf(
	db: Database,
	siteName: string,
	category: string
): Promise<ArticleFeed> {
	const { name, slug } = await categories.read(db, category);
	const { items } = await articles.latest(db, guest(), { category: slug, limit: NEWEST });
	const page = `/categories/${slug}`;
	const title = `${name} · ${siteName}`;
	return {
		feed: { title, path: `${page}/feed.xml`, page, entries: items.map(entry) },
		shown: items
	};
}
