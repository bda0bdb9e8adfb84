import { html } from '#lib/api/html.ts';
import * as accounts from '#lib/server/accounts/accounts.ts';
import type { Account } from '#lib/server/accounts/accounts.ts';
import { guest } from '#lib/server/actor.ts';
import { byPerson } from '#lib/server/comments/comments.ts';
import { latest } from '#lib/server/comments/latest.ts';
import * as listing from '#lib/server/comments/listing.ts';
import { personUrl, type PresentedArticle, type SharedView } from '#lib/server/comments/present.ts';
import type { Database } from '#lib/server/database/database.ts';
import { commentsPath } from './articles.ts';
import type { Feed, FeedEntry } from './atom.ts';

// More than a reader goes through at once; what came before them is on the page.
const NEWEST = 50;

// The page folds it away too, and no feed can.
const FOLDED =
	'<p>Readers reported this comment; a moderator will look. On the page it can be unfolded.</p>';

function entry(view: SharedView): FeedEntry {
	const { author, blocks, createdAt, article } = view;
	const { name, url } = author ?? { name: 'Guest', url: null };
	return {
		path: view.url,
		title: `${name} on ${article.title}`,
		author: { name, path: url },
		publishedAt: createdAt,
		updatedAt: view.editedAt ?? createdAt,
		html: view.folded ? FOLDED : html(blocks ?? []),
		inReplyTo: view.parentId === null ? `/articles/${article.slug}` : `/c/${view.parentId}`
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
			entries: views.map(entry)
		},
		article
	};
}

/** A feed of one person's comments, and who that is. */
export interface PersonFeed {
	feed: Feed;
	person: Account;
	/** The articles that it shows. */
	articles: SharedView['article'][];
}

/** The newest comments of somebody, as guests see them; null where nobody has this name. */
export async function newestBy(
	db: Database,
	siteName: string,
	name: string
): Promise<PersonFeed | null> {
	const person = await accounts.byName(db.read, name);
	if (!person) return null;
	const { items } = await byPerson(db, guest(), person.id);
	const page = personUrl(person.name);
	const title = `${person.name} · ${siteName}`;
	return {
		feed: { title, path: `${page}/feed.xml`, page, entries: items.map(entry) },
		person,
		articles: items.map(({ article }) => article)
	};
}
