import { atLeast, type Actor } from '../actor.ts';
import { hasSlug } from '../articles/slugs.ts';
import { readable } from '../comments/access.ts';
import type { Database } from '../database/database.ts';
import { articles } from '../database/schema.ts';
import { forbidden, notFound } from '../refusal.ts';
import { COMMENT_MAX } from '../text/caps.ts';
import { escapeMarkdown } from '../text/escape.ts';
import { normaliseText } from '../text/normalise.ts';
import { passagesOf } from '../text/passages.ts';
import { ARTICLE_NAME, writeAttribution } from './attribution.ts';
import { asBlockquote, load, markdown } from './join.ts';

function blockquote(attribution: string, words: string): string {
	return `${asBlockquote(`${attribution}\n${words}`)}\n\n`;
}

/** Words selected on a page, as Markdown that shows them without any mark. */
function selected(passage: string): string {
	return escapeMarkdown(normaliseText(passage).trim().slice(0, COMMENT_MAX));
}

/**
 * The Markdown that quotes a comment: a blockquote whose first line is `[NAME said,](/c/ID)`.
 * @param passage the words to quote, as they were selected on the page, without any mark; without them the whole comment, with what it quotes.
 * @throws {Refusal} 404 when the actor may not read the comment, 403 when it has no words to quote.
 */
export async function quoteMarkdown(
	db: Database,
	actor: Actor,
	commentId: string,
	passage = ''
): Promise<string> {
	const comment = await readable(db.read, actor, commentId);
	if (comment.status !== 'published') throw forbidden('This comment cannot be quoted.');
	const words = selected(passage) || markdown(comment.body, await load(db.read, [commentId]));
	return blockquote(writeAttribution(comment.authorName, `/c/${commentId}`), words);
}

/**
 * The Markdown that quotes an article: a blockquote whose first line is `[The article said,](/articles/SLUG)`.
 * @param passage as of `quoteMarkdown`; without it the standfirst, or the first paragraph.
 * @throws {Refusal} 404 when the actor may not read the article.
 */
export async function articleMarkdown(
	db: Database,
	actor: Actor,
	slug: string,
	passage = ''
): Promise<string> {
	const [article] = await db.read
		.select({
			standfirst: articles.standfirst,
			body: articles.body,
			publishedAt: articles.publishedAt
		})
		.from(articles)
		.where(hasSlug(articles, slug));
	if (!article || (article.publishedAt === null && !atLeast(actor, 'editor'))) {
		throw notFound('article');
	}
	const words =
		selected(passage) || selected(article.standfirst || passagesOf(article.body)[0].text);
	return blockquote(writeAttribution(ARTICLE_NAME, `/articles/${slug}`), words);
}
