import type { Read } from '../database/database.ts';
import { DECISION_KINDS, SANCTION_ACTS } from './kinds.ts';
import { monthsOf, yearSpan, type Span } from './spans.ts';
import * as tallies from './tallies.ts';

type Acts = Awaited<ReturnType<typeof tallies.acts>>;

/** How many reports were made for a reason, and what became of them. */
export interface ReasonTally {
	reason: Awaited<ReturnType<typeof tallies.reportsBy>>[number]['reason'];
	total: number;
	upheld: number;
	dismissed: number;
	/** The comment's author took it down before a moderator decided. */
	withdrawn: number;
	open: number;
}

/** What happened in a month. */
export interface MonthTally {
	/** `2026-03` */
	month: string;
	posted: number;
	/** Of those posted, published now. */
	published: number;
	reports: number;
	/** Decisions about comments. */
	decisions: number;
	/** Of these, the software's. */
	automatic: number;
}

/** What moderation did in a year, made from the log, the statements, the reports and the appeals. */
export interface TransparencyReport {
	year: number;
	comments: { posted: number; published: number };
	/** Decisions about comments, by kind, kind of reason and whether the software decided. */
	decisions: Acts;
	/** What was laid on people, and lifted. */
	sanctions: Acts;
	/** Statements of restrictions that people were given. */
	restrictions: Awaited<ReturnType<typeof tallies.restrictions>>;
	/** Acts that took an earlier one back. */
	reversals: number;
	reports: ReasonTally[];
	/** Notices of illegal content, and how many of them came from people without an account. */
	notices: { total: number; unsigned: number; upheld: number };
	/** Of all reports, those that a moderator decided about: 0 to 1; null without reports. */
	decidedShare: number | null;
	/** Seconds from report to decision, of half of them at most; null without decisions. */
	medianSeconds: number | null;
	appeals: { total: number; upheld: number; reversed: number; open: number };
	months: MonthTally[];
}

function sum(rows: { count: number }[]): number {
	return rows.reduce((all, row) => all + row.count, 0);
}

/** The middle of some numbers; null of none. */
export function median(values: number[]): number | null {
	if (values.length === 0) return null;
	const sorted = values.toSorted((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

type Reports = Awaited<ReturnType<typeof tallies.reportsBy>>;

function byReason(rows: Reports): ReasonTally[] {
	return [...Map.groupBy(rows, (row) => row.reason)]
		.map(([reason, of]) => ({
			reason,
			total: sum(of),
			upheld: sum(of.filter((row) => row.outcome === 'upheld')),
			dismissed: sum(of.filter((row) => row.outcome === 'dismissed')),
			withdrawn: sum(of.filter((row) => row.outcome === null && !row.open)),
			open: sum(of.filter((row) => row.open))
		}))
		.toSorted((a, b) => b.total - a.total);
}

function noticesIn(rows: Reports): TransparencyReport['notices'] {
	const notices = rows.filter((row) => row.reason === 'illegal-content');
	return {
		total: sum(notices),
		unsigned: sum(notices.filter((row) => row.unsigned)),
		upheld: sum(notices.filter((row) => row.outcome === 'upheld'))
	};
}

async function monthOf(db: Read, span: Span): Promise<MonthTally> {
	const acts = await tallies.acts(db, span);
	const decisions = acts.filter(({ kind }) => DECISION_KINDS.includes(kind));
	return {
		month: span.from.toISOString().slice(0, 7),
		...(await tallies.commentsOf(db, span)),
		reports: sum(await tallies.reportsBy(db, span)),
		decisions: sum(decisions),
		automatic: sum(decisions.filter((row) => row.automatic))
	};
}

/**
 * Counts a year. It passes every row of the year in ranges of ids (comments day by day, some milliseconds
 * each), so that others are served between two; keep what it gives.
 */
export async function compile(db: Read, year: number): Promise<TransparencyReport> {
	const span = yearSpan(year);
	const months: MonthTally[] = [];
	for (const month of monthsOf(year)) months.push(await monthOf(db, month));
	const acts = (await tallies.acts(db, span)).toSorted((a, b) => b.count - a.count);
	const reports = await tallies.reportsBy(db, span);
	const appeals = await tallies.appealsBy(db, span);
	const decided = sum(reports.filter((row) => row.outcome !== null));
	return {
		year,
		comments: {
			posted: months.reduce((all, month) => all + month.posted, 0),
			published: months.reduce((all, month) => all + month.published, 0)
		},
		decisions: acts.filter(({ kind }) => DECISION_KINDS.includes(kind)),
		sanctions: acts.filter(({ kind }) => SANCTION_ACTS.includes(kind)),
		restrictions: await tallies.restrictions(db, span),
		reversals: await tallies.reversals(db, span),
		reports: byReason(reports),
		notices: noticesIn(reports),
		decidedShare: reports.length === 0 ? null : decided / sum(reports),
		medianSeconds: median(await tallies.waits(db, span)),
		appeals: {
			total: sum(appeals),
			upheld: sum(appeals.filter((row) => row.outcome === 'upheld')),
			reversed: sum(appeals.filter((row) => row.outcome === 'reversed')),
			open: sum(appeals.filter((row) => row.outcome === null))
		},
		months
	};
}
