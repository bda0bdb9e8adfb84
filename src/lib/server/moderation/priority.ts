import { gt, sql, type SQL, type SQLWrapper } from 'drizzle-orm';
import { articles, comments } from '../database/schema.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Hundredths of a point in which harm is counted. No comment is quite harmless: one point stands for what nobody knows. */
const POINT = 100;
/** More harm than this is all the same: first. In hundredths of a point. */
const HARM_MOST = 1000 * POINT;

/** How many times as many people read an article of an age (milliseconds) as read an old one. */
const FRESHNESS = [
	{ age: DAY_MS, times: 8 },
	{ age: 3 * DAY_MS, times: 4 },
	{ age: 7 * DAY_MS, times: 2 }
] as const;

/** What one reader more or less is counted in: a comment of its own has so many, whatever else is known. */
const READERS = 10;
/** Bounds, so that no one of them decides alone: of the discussion, of the thread, of the comment itself. */
const COMMENTS = { most: 200, per: 20 };
const REPLIES = { most: 10, each: 2 };
const RECOMMENDATIONS_MOST = 20;

/** What the order of the queue asks of a comment and its article. */
export interface Ranked {
	/** What screening expects, in points. */
	harm: number;
	/** What its open reports weigh, in hundredths of a point. */
	reportWeight: number;
	replyCount: number;
	score: number;
	/** Published comments of its article. */
	commentCount: number;
	/** Null for a draft. */
	publishedAt: Date | null;
}

function bounded(value: number, most: number): number {
	return Math.min(Math.max(value, 0), most);
}

/**
 * How soon a comment is to be looked at: the harm expected of it times its reach.
 * Harm is the screening's, the reports' and a point for what nobody knows. Reach is the age of the
 * article times a number of readers: some for every comment, more in a long discussion, for replies
 * and for recommendations. A whole number below 48,000,000.
 */
export function priorityOf(comment: Ranked, at: Date): number {
	const harm = bounded(comment.harm * POINT + comment.reportWeight + POINT, HARM_MOST);
	const age = comment.publishedAt ? at.getTime() - comment.publishedAt.getTime() : Infinity;
	const freshness = FRESHNESS.find((one) => age < one.age)?.times ?? 1;
	const readers =
		READERS +
		Math.floor(bounded(comment.commentCount, COMMENTS.most) / COMMENTS.per) +
		bounded(comment.replyCount, REPLIES.most) * REPLIES.each +
		bounded(comment.score, RECOMMENDATIONS_MOST);
	return harm * freshness * readers;
}

function boundedSql(value: SQLWrapper, most: number): SQL {
	return sql`(case when ${value} > ${most} then ${most} when ${value} < 0 then 0 else ${value} end)`;
}

function freshnessSql(at: Date): SQL {
	const cases = FRESHNESS.map(({ age, times }) => {
		const since = new Date(at.getTime() - age);
		return sql`when ${gt(articles.publishedAt, since)} then ${times}`;
	});
	return sql`(case ${sql.join(cases, sql` `)} else 1 end)`;
}

/** `priorityOf` at a time, as a column of a query on `comments` and `articles`. */
export function priorityAt(at: Date): SQL<number> {
	const { harm, reportWeight, replyCount, score } = comments;
	const expected = sql`(${harm} * ${POINT} + ${reportWeight} + ${POINT})`;
	const readers = sql.join(
		[
			sql`${READERS}`,
			// SQLite takes a parameter for a fraction, and would not divide whole numbers.
			sql`${boundedSql(articles.commentCount, COMMENTS.most)} / cast(${COMMENTS.per} as integer)`,
			sql`${boundedSql(replyCount, REPLIES.most)} * ${REPLIES.each}`,
			boundedSql(score, RECOMMENDATIONS_MOST)
		],
		sql` + `
	);
	const priority = sql`${boundedSql(expected, HARM_MOST)} * ${freshnessSql(at)} * (${readers})`;
	return sql`${priority}`.mapWith(Number);
}
