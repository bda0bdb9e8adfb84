import { html } from '#lib/api/html.ts';
import { guest } from '#lib/server/actor.ts';
import { latest } from '#lib/server/comments/latest.ts';
import * as listing from '#lib/server/comments/listing.ts';
import type { PresentedArticle, SharedView } from '#lib/server/comments/present.ts';
import type { Database } from '#lib/server/database/database.ts';
import { commentsPath } from './articles.ts';
import type { Feed, FeedEntry } from './atom.ts';

// More than a reader goes through at once; what came before them is on the page.
const NEWEST = 50;

// The page folds it away too, and no feed can.
const FOLDED =
	'<p>Readers reported this comment; a moderator will look. On the page it can be unfolded.</p>';

function entry(view: SharedView, { title }: PresentedArticle, page: string): FeedEntry {
	const { author, blocks, createdAt } = view;
	const { name, url } = author ?? { name: 'Guest', url: null };
	return {
		path: view.url,
		title: `${name} on ${title}`,
		author: { name, path: url },
		publishedAt: createdAt,
		updatedAt: view.editedAt ?? createdAt,
		html: view.folded ? FOLDED : html(blocks ?? []),
		inReplyTo: view.parentId === null ? page : `/c/${view.parentId}`
	};
}

/** A feed of comments, and of which article. */
export interface CommentFeed {
	feed: Feed;
	article: PresentedArticle;
}

/**
 * The newest comments of an article's discussion, as guests see them: what was taken down is not among them, and
 * nothing is while the discussion is hidden.
 * @throws {Refusal} 404 for no article that guests may see
 */
export async function newest(db: Database, siteName: string, slug: string): Promise<CommentFeed> {
	const article = await listing.articleOf(db, guest(), slug);
	const page = `/articles/${article.slug}`;
	const views = await latest(db, guest(), article, NEWEST);
	return {
		feed: {
			title: `Comments on ${article.title} · ${siteName}`,
			path: commentsPath({ url: page }),
			page,
			entries: views.map((view) => entry(view, article, page))
		},
		article
	};
}
