import { and, gt, isNull, lte, ne, or, sql, type SQL, type SQLWrapper } from 'drizzle-orm';
import { articles } from '../database/schema.ts';

/** `showsComments(stateAt(article, at))` as a condition of a query on `articles`. */
export function showsCommentsAt(at: Date | SQLWrapper): SQL | undefined {
	const { commenting, commentingUntil, commentingThen } = articles;
	return or(
		and(ne(commenting, 'hidden'), or(isNull(commentingUntil), gt(commentingUntil, at))),
		and(lte(commentingUntil, at), ne(sql`coalesce(${commentingThen}, 'open')`, 'hidden'))
	);
}
