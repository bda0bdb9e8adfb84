import { and, desc, eq, gt } from 'drizzle-orm';
import type { Actor } from '../../actor.ts';
import { decidedBy } from '../../articles/moderated.ts';
import { now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { articles, comments } from '../../database/schema.ts';
import { isRefusal } from '../../refusal.ts';
import * as decisions from '../decide.ts';
import type { Reason } from '../reason.ts';

const HOUR_MS = 60 * 60 * 1000;
/** How far back what somebody wrote may be removed with a sanction, in milliseconds. */
export const SPANS = { hour: HOUR_MS, day: 24 * HOUR_MS, week: 7 * 24 * HOUR_MS } as const;
/** How far back. */
export type Span = keyof typeof SPANS;

// A flood of a week; a request has to end.
const MOST_REMOVED = 200;

/** Whether a text is a span. */
export function isSpan(text: string): text is Span {
	return Object.hasOwn(SPANS, text);
}

/** What an account published within a span and the actor may remove, newest first. */
async function recent(db: Database, actor: Actor, accountId: string, span: Span) {
	const since = new Date(now().getTime() - SPANS[span]);
	const rows = await db.read
		.select({ id: comments.id })
		.from(comments)
		.innerJoin(articles, eq(articles.id, comments.articleId))
		.where(
			and(
				eq(comments.authorId, accountId),
				eq(comments.status, 'published'),
				gt(comments.createdAt, since),
				decidedBy(actor)
			)
		)
		.orderBy(desc(comments.id))
		.limit(MOST_REMOVED);
	return rows.map((row) => row.id);
}

/**
 * Removes what an account wrote lately, at most 200 comments, each by a decision of its own; gives how
 * many. The author is told once, by the statement of the sanction.
 */
export async function removeRecent(
	db: Database,
	actor: Actor,
	input: { accountId: string; span: Span; why: Reason; sanctionId: string }
): Promise<number> {
	const { accountId, span, why, sanctionId } = input;
	let removed = 0;
	for (const id of await recent(db, actor, accountId, span)) {
		try {
			await decisions.remove(db, actor, { id, ...why, sanctionId });
			removed += 1;
		} catch (thrown) {
			// Somebody was quicker with this one.
			if (!isRefusal(thrown) || thrown.status !== 409) throw thrown;
		}
	}
	return removed;
}
