import { desc, gte } from 'drizzle-orm';
import { requireRole, type Actor } from '../actor.ts';
import { now } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { decisionTimes } from '../database/schema.ts';

/** Of a day with more, the latest of these are reckoned with; one more stands for more. */
export const MOST_TIMED = 1000;

/** How long decisions took today, of all moderators. */
export interface Times {
	/** Decisions that were timed: those about comments that somebody had claimed. */
	count: number;
	/** From looking to deciding, in seconds; null when there were none. */
	median: number | null;
}

function medianOf(numbers: readonly number[]): number | null {
	if (numbers.length === 0) return null;
	const sorted = numbers.toSorted((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	if (sorted.length % 2 === 1) return sorted[middle];
	return Math.round((sorted[middle - 1] + sorted[middle]) / 2);
}

/** How long decisions take, on this day as UTC has it. @throws {Refusal} 401 or 403 below moderator */
export async function today(db: Database, actor: Actor): Promise<Times> {
	requireRole(actor, 'moderator');
	const midnight = now();
	midnight.setUTCHours(0, 0, 0, 0);
	const rows = await db.read
		.select({ seconds: decisionTimes.seconds })
		.from(decisionTimes)
		.where(gte(decisionTimes.createdAt, midnight))
		.orderBy(desc(decisionTimes.createdAt))
		.limit(MOST_TIMED + 1);
	return { count: rows.length, median: medianOf(rows.map(({ seconds }) => seconds)) };
}
