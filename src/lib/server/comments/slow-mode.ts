import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import {
	MOST_REPORTED,
	slowModeWords,
	spacing,
	waitAfter,
	type SlowColumns
} from '../articles/slow-mode.ts';
import { now } from '../clock.ts';
import type { Read, Tx } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { comments, reports } from '../database/schema.ts';
import { idBefore } from '../ids.ts';
import { Refusal } from '../refusal.ts';

const HOUR = 60 * 60_000;

const lastHere = prepared((tx: Tx) =>
	tx
		.select({ createdAt: comments.createdAt })
		.from(comments)
		.where(
			and(
				eq(comments.authorId, sql.placeholder('account')),
				gt(comments.id, sql.placeholder('since')),
				eq(comments.articleId, sql.placeholder('article'))
			)
		)
		.orderBy(desc(comments.id))
		.limit(1)
		.prepare('last_comment_here')
);

/** Comments of the discussion that were reported in the last hour and not looked at, as many as count. */
async function reportedOn(db: Read, articleId: string): Promise<number> {
	const rows = await db
		.selectDistinct({ id: reports.commentId })
		.from(reports)
		.innerJoin(comments, eq(comments.id, reports.commentId))
		.where(
			and(
				gt(reports.id, idBefore(HOUR)),
				isNull(reports.settledAt),
				eq(comments.articleId, articleId)
			)
		)
		.limit(MOST_REPORTED);
	return rows.length;
}

/**
 * Holds a reader to the pause that an article in slow mode asks for.
 * @throws {Refusal} 429 `slow-mode` with `retryAfter`
 */
export async function assertPaused(
	tx: Tx,
	account: string,
	article: SlowColumns & { id: string }
): Promise<void> {
	if (article.slowMode === 'off') return;
	const growing = article.slowMode === 'growing';
	const seconds = spacing(article, growing ? await reportedOn(tx, article.id) : 0);
	const since = idBefore(seconds * 1000);
	const [last] = await lastHere(tx).execute({ account, article: article.id, since });
	const retryAfter = last ? waitAfter(last.createdAt, seconds, now()) : 0;
	if (retryAfter > 0)
		throw new Refusal(429, 'slow-mode', slowModeWords(retryAfter), { retryAfter });
}
