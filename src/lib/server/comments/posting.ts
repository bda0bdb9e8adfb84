import { within, type Actor } from '../actor.ts';
import { eq, sql } from 'drizzle-orm';
import { stateAt } from '../articles/commenting-rules.ts';
import { canBeSlug } from '../articles/slugs.ts';
import { now } from '../clock.ts';
import type { Database, Read } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { articles } from '../database/schema.ts';
import { whileUnchanged } from '../database/while-unchanged.ts';
import { notFound } from '../refusal.ts';
import { maySeeDiscussion } from './access.ts';
import { assertMayWrite } from './rules.ts';
import type { CommentStatus } from './statuses.ts';

/** What is posted. */
export interface PostInput {
	/** The article's slug. */
	article: string;
	/** Markdown. */
	body: string;
	/** The comment that it replies to. */
	parent?: string | null;
	/** Posting again under the same key answers with the first comment. */
	key?: string | null;
	/** Refuse what would be held for something that the writer can change. */
	nudge?: boolean;
}

/** A comment that was posted, now or (not `created`) earlier under the same key. */
export interface Posted {
	id: string;
	/** `/c/ID` */
	url: string;
	status: CommentStatus;
	created: boolean;
}

/** The answer about a posted comment. */
export function posted(id: string, status: CommentStatus, created: boolean): Posted {
	return { id, url: `/c/${id}`, status, created };
}

const articleColumns = {
	id: articles.id,
	slug: articles.slug,
	title: articles.title,
	revision: articles.revision,
	publishedAt: articles.publishedAt,
	categoryId: articles.categoryId,
	staffMaySpeak: articles.staffMaySpeak,
	commenting: articles.commenting,
	commentingUntil: articles.commentingUntil,
	commentingThen: articles.commentingThen
};

const bySlug = prepared((db: Read) =>
	db
		.select(articleColumns)
		.from(articles)
		.where(eq(articles.slug, sql.placeholder('slug')))
		.prepare('article_to_post_on')
);

/** An article as posting on it needs it. */
export type ArticleToPostOn = Awaited<ReturnType<ReturnType<typeof bySlug>['execute']>>[number];

const articleOf = whileUnchanged(async (db, slug): Promise<ArticleToPostOn | null> => {
	const [article] = await bySlug(db.read).execute({ slug });
	return article ?? null;
});

/** The article if the actor may see its discussion. @throws {Refusal} 404, or 403 where commenting is disabled */
export async function openArticle(
	db: Database,
	actor: Actor,
	slug: string
): Promise<ArticleToPostOn> {
	const article = canBeSlug(slug) ? await articleOf(db, slug) : null;
	if (!article || !maySeeDiscussion(actor, article, 'open')) throw notFound('article');
	const { categoryId, staffMaySpeak } = article;
	assertMayWrite(within(actor, categoryId), { state: stateAt(article, now()), staffMaySpeak });
	return article;
}
