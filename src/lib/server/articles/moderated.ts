import { and, inArray, isNotNull, or, sql, type SQL, type SQLWrapper } from 'drizzle-orm';
import { atLeast, isStaff, type Actor } from '../actor.ts';
import { articles } from '../database/schema.ts';
import { showsCommentsAt } from './commenting-now.ts';

/** Who looks, as far as it decides what there is to see. */
export type Onlooker = Pick<Actor, 'role' | 'barred' | 'moderates'>;

/** The articles on which the actor is staff, as a condition of a query on `articles`: see `within`. */
export function moderatedBy(actor: Onlooker): SQL | undefined {
	if (!isStaff(actor)) return sql`1 = 0`;
	if (actor.role !== 'moderator' || !actor.moderates) return undefined;
	if (actor.moderates.length === 0) return sql`1 = 0`;
	return inArray(articles.categoryId, [...actor.moderates]);
}

/** The articles about whose comments the actor decides: those it moderates, drafts only for editors. */
export function decidedBy(actor: Onlooker): SQL | undefined {
	return and(
		atLeast(actor, 'editor') ? undefined : isNotNull(articles.publishedAt),
		moderatedBy(actor)
	);
}

/** The articles whose comments the actor may read at a time: those that show them, and those it moderates. */
export function showsCommentsTo(actor: Onlooker, at: Date | SQLWrapper): SQL | undefined {
	const moderated = moderatedBy(actor);
	return moderated === undefined ? undefined : or(showsCommentsAt(at), moderated);
}
