import { and, asc, desc, eq, isNotNull, sql, type SQL } from 'drizzle-orm';
import { atLeast, type Actor } from '../actor.ts';
import { showsCommentsAt } from '../articles/commenting-now.ts';
import { moderatedBy } from '../articles/moderated.ts';
import { now } from '../clock.ts';
import type { Read } from '../database/database.ts';
import { articles, comments, reports } from '../database/schema.ts';
import { priorityAt } from './priority.ts';

/** The parts of the queue that hold comments. */
export const TABS = ['pending', 'reported', 'unreviewed'] as const;
/** `pending`: waits to be published. `reported`: has open reports. `unreviewed`: published, and nobody looked. */
export type Tab = (typeof TABS)[number];

// Written out, because a partial index is found by its own words only.
const isPending = sql`${comments.status} = 'pending'`;
const isUnreviewed = sql`${comments.unreviewed}`;
const isOpen = sql`${reports.settledAt} is null`;

/** Of articles that the actor moderates; drafts, and what was taken back, are for editors. */
function forActor(actor: Actor): SQL | undefined {
	return and(
		moderatedBy(actor),
		atLeast(actor, 'editor') ? undefined : isNotNull(articles.publishedAt)
	);
}

/** What is published and can be read: while a discussion is hidden, nobody does. */
function isRead(at: Date): SQL | undefined {
	return and(eq(comments.status, 'published'), showsCommentsAt(at));
}

/** Which of a tab's comments. */
export interface Which {
	/** When the priorities are reckoned. */
	at?: Date;
	/** The newest instead of the oldest, where there are more. */
	newest?: boolean;
	/** Of these only. */
	only?: SQL;
	limit: number;
}

/** So many of a tab's comments for an actor, with their priorities, as a table of a query. */
export function casesIn(db: Read, actor: Actor, tab: Tab, which: Which) {
	const { at = now(), newest = false, only, limit } = which;
	const columns = {
		id: comments.id,
		createdAt: comments.createdAt,
		priority: priorityAt(at).as('priority')
	};
	const mine = and(forActor(actor), only);
	const order = newest ? desc(comments.id) : asc(comments.id);
	if (tab !== 'reported') {
		const where = tab === 'pending' ? isPending : and(isUnreviewed, isRead(at));
		return db
			.select(columns)
			.from(comments)
			.innerJoin(articles, eq(articles.id, comments.articleId))
			.where(and(where, mine))
			.orderBy(order)
			.limit(limit)
			.as('cases');
	}
	// From the few reports that are open to their comments, not the other way round.
	const reported = db
		.selectDistinct({ commentId: reports.commentId })
		.from(reports)
		.where(isOpen)
		.as('reported');
	return db
		.select(columns)
		.from(reported)
		.innerJoin(comments, eq(comments.id, reported.commentId))
		.innerJoin(articles, eq(articles.id, comments.articleId))
		.where(and(isRead(at), mine))
		.orderBy(newest ? desc(reported.commentId) : asc(reported.commentId))
		.limit(limit)
		.as('cases');
}
