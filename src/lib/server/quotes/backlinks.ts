import { and, eq, sql, type SQL, type SQLWrapper } from 'drizzle-orm';
import { atLeast, isStaff, type Actor } from '../actor.ts';
import type { Onlooker } from '../articles/moderated.ts';
import { chunks } from '../chunks.ts';
import { now } from '../clock.ts';
import { seenBy } from '../comments/access.ts';
import { alias } from '../database/columns.ts';
import type { Read } from '../database/database.ts';
import { listOf } from '../database/placeholders.ts';
import { prepared } from '../database/prepared.ts';
import { articles, comments, quotes } from '../database/schema.ts';

/** Nobody counts further than this; more reads "99+". */
export const COUNTED_MOST = 100;

// The quoted comments are `comments`.
const quoting = alias(comments, 'quoting');

/** The ids of published comments that quote something now, as far as somebody may see them; add `orderBy` and `limit`. */
export function quotingNow(
	db: Read,
	onlooker: Onlooker,
	what: SQL | undefined,
	at: Date | SQLWrapper = now()
) {
	return db
		.selectDistinct({ id: quotes.commentId })
		.from(quotes)
		.innerJoin(quoting, eq(quoting.id, quotes.commentId))
		.innerJoin(articles, eq(articles.id, quoting.articleId))
		.where(
			and(what, eq(quotes.standing, true), eq(quoting.status, 'published'), seenBy(onlooker, at))
		)
		.$dynamic();
}

const asked = listOf(100);
const AT = sql.param(sql.placeholder('at'), articles.commentingUntil);

function selectCounts(db: Read, onlooker: Onlooker) {
	const what = eq(quotes.sourceCommentId, comments.id);
	const some = quotingNow(db, onlooker, what, AT).limit(COUNTED_MOST).as('some');
	const count = sql`(select count(*) from ${some})`.mapWith(Number);
	return db.select({ id: comments.id, count }).from(comments).where(asked.has(comments.id));
}

function countsFor(role: 'reader' | 'moderator' | 'editor') {
	return prepared((db: Read) =>
		selectCounts(db, { role, barred: null }).prepare(`quoted_by_${role}`)
	);
}

// Every reading of a discussion asks.
const COUNTS = {
	reader: countsFor('reader'),
	moderator: countsFor('moderator'),
	editor: countsFor('editor')
};

/** How many comments quote each of these now; at most `COUNTED_MOST` each. */
export async function counts(db: Read, actor: Actor, ids: string[]): Promise<Map<string, number>> {
	const role = atLeast(actor, 'editor') ? 'editor' : isStaff(actor) ? 'moderator' : 'reader';
	const isLimited = role === 'moderator' && actor.moderates;
	// Few are limited, each to something else: theirs are not worth keeping under a name.
	const query = isLimited ? selectCounts(db, actor).prepare('') : COUNTS[role](db);
	const at = now();
	const parts = chunks(ids, asked.size).map((part) => query.execute({ ...asked.values(part), at }));
	const rows = (await Promise.all(parts)).flat();
	return new Map(rows.map((row) => [row.id, row.count]));
}
