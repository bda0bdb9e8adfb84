import { and, isNotNull, isNull, ne, or, type SQL } from 'drizzle-orm';
import { atLeast, isLimited, type Actor } from '../../actor.ts';
import { moderatedBy } from '../../articles/moderated.ts';
import { appeals, articles, statements } from '../../database/schema.ts';

/**
 * The statements that are the actor's matter as a moderator, as a condition of a query that joins their
 * comments' articles: those about comments where it moderates; those about accounts are not for
 * moderators who are limited to categories.
 */
export function statementsWithin(actor: Actor): SQL | undefined {
	const aboutComment = and(
		isNotNull(statements.commentId),
		isNotNull(articles.id),
		atLeast(actor, 'editor') ? undefined : isNotNull(articles.publishedAt),
		moderatedBy(actor)
	);
	return isLimited(actor) ? aboutComment : or(isNull(statements.commentId), aboutComment);
}

/** The appeals that are the actor's matter: nobody decides about their own. */
export function appealsWithin(actor: Actor): SQL | undefined {
	const own = actor.accountId === null ? undefined : ne(appeals.accountId, actor.accountId);
	return and(statementsWithin(actor), own);
}
