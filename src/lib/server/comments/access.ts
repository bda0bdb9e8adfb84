import { and, eq, isNotNull, sql, type SQL, type SQLWrapper } from 'drizzle-orm';
import { atLeast, isStaff, within, type Actor } from '../actor.ts';
import { showsComments, stateAt } from '../articles/commenting-rules.ts';
import type { CommentingState } from '../articles/commenting-states.ts';
import { showsCommentsTo, type Onlooker } from '../articles/moderated.ts';
import { now } from '../clock.ts';
import type { Read } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { articles, comments } from '../database/schema.ts';
import { isId } from '../ids.ts';
import { notFound } from '../refusal.ts';
import { authorName, selectWithArticles, type CommentWithArticle } from './rows.ts';
import { isKnown } from './rules.ts';

/** A comment that the actor may know of, with what the rules ask. */
export interface AccessibleComment extends CommentWithArticle {
	authorName: string;
	state: CommentingState;
}

/** Whether the actor may see the article at all, and its discussion. */
export function maySeeDiscussion(
	actor: Actor,
	article: { publishedAt: Date | null; categoryId: string | null },
	state: CommentingState
): boolean {
	if (article.publishedAt === null && !atLeast(actor, 'editor')) return false;
	return showsComments(state) || isStaff(within(actor, article.categoryId));
}

/** `maySeeDiscussion` at a time, as a condition of a query on `articles`. */
export function seenBy(actor: Onlooker, at: Date | SQLWrapper): SQL | undefined {
	return and(
		atLeast(actor, 'editor') ? undefined : isNotNull(articles.publishedAt),
		showsCommentsTo(actor, at)
	);
}

const byId = prepared((db: Read) =>
	selectWithArticles(db)
		.where(eq(comments.id, sql.placeholder('comment')))
		.prepare('comment_with_article')
);

/**
 * Loads a comment through what the actor may see: the only way that acts on one comment begin.
 * @throws {Refusal} 404 when there is none, or none for this actor.
 */
export async function readable(db: Read, actor: Actor, id: string): Promise<AccessibleComment> {
	if (!isId(id)) throw notFound('comment');
	const [row] = await byId(db).execute({ comment: id });
	if (!row) throw notFound('comment');
	const state = stateAt(row, now());
	const { articlePublishedAt: publishedAt, categoryId } = row;
	const seen = maySeeDiscussion(actor, { publishedAt, categoryId }, state);
	if (!seen || !isKnown(within(actor, categoryId), row)) throw notFound('comment');
	return { ...row, authorName: authorName(row), state };
}
