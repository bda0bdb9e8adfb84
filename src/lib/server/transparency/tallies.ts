import { and, asc, count, gt, isNotNull, sql } from 'drizzle-orm';
import type { Read } from '../database/database.ts';
import { actions, appeals, comments, reports, statements } from '../database/schema.ts';
import { daysOf, givenIn, type Span } from './spans.ts';

// A page of reports is read in a moment, and others are served between two.
const AT_ONCE = 2000;

/** The acts of a span by kind, kind of reason, and whether the software (or the operator) did them. */
export function acts(db: Read, span: Span) {
	const automatic = sql`${actions.actorId} is null`.mapWith(Boolean);
	return db
		.select({ kind: actions.kind, ground: actions.ground, automatic, count: count() })
		.from(actions)
		.where(givenIn(actions.id, span))
		.groupBy(actions.kind, actions.ground, automatic);
}

/** How many acts of a span took an earlier one back. */
export async function reversals(db: Read, span: Span): Promise<number> {
	const [row] = await db
		.select({ count: count() })
		.from(actions)
		.where(and(givenIn(actions.id, span), isNotNull(actions.reverses)));
	return row.count;
}

/** The statements of a span by restriction, kind of reason, and whether the software decided. */
export function restrictions(db: Read, span: Span) {
	const { restriction, ground, automatic } = statements;
	return db
		.select({ restriction, ground, automatic, count: count() })
		.from(statements)
		.where(givenIn(statements.id, span))
		.groupBy(restriction, ground, automatic);
}

/** The reports of a span by reason, who made them and how they ended. */
export function reportsBy(db: Read, span: Span) {
	const { reason, outcome } = reports;
	const unsigned = sql`${reports.accountId} is null`.mapWith(Boolean);
	const open = sql`${reports.settledAt} is null`.mapWith(Boolean);
	return db
		.select({ reason, outcome, unsigned, open, count: count() })
		.from(reports)
		.where(givenIn(reports.id, span))
		.groupBy(reason, outcome, unsigned, open);
}

/** The appeals of a span by outcome; null for those that wait. */
export function appealsBy(db: Read, span: Span) {
	return db
		.select({ outcome: appeals.outcome, count: count() })
		.from(appeals)
		.where(givenIn(appeals.id, span))
		.groupBy(appeals.outcome);
}

/** How many comments of a span were posted, and how many of them are published now, a day at a time. */
export async function commentsOf(db: Read, span: Span) {
	let posted = 0;
	let published = 0;
	for (const day of daysOf(span)) {
		const rows = await db
			.select({ status: comments.status, count: count() })
			.from(comments)
			.where(givenIn(comments.id, day))
			.groupBy(comments.status);
		for (const row of rows) {
			posted += row.count;
			if (row.status === 'published') published += row.count;
		}
	}
	return { posted, published };
}

/** Seconds from report to decision, of the reports of a span that a moderator decided about. */
export async function waits(db: Read, span: Span): Promise<number[]> {
	const { id, createdAt, settledAt } = reports;
	const seconds: number[] = [];
	let last = '';
	for (;;) {
		const rows = await db
			.select({ id, createdAt, settledAt })
			.from(reports)
			.where(and(givenIn(id, span), gt(id, last), isNotNull(reports.outcome)))
			.orderBy(asc(id))
			.limit(AT_ONCE);
		for (const row of rows) {
			seconds.push((row.settledAt!.getTime() - row.createdAt.getTime()) / 1000);
		}
		if (rows.length < AT_ONCE) return seconds;
		last = rows[rows.length - 1].id;
	}
}

/** When the first act of the log was done; null while there is none. */
export async function firstAct(db: Read): Promise<Date | null> {
	const [row] = await db
		.select({ at: actions.createdAt })
		.from(actions)
		.orderBy(asc(actions.id))
		.limit(1);
	return row?.at ?? null;
}
