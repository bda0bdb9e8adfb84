import { now } from '../clock.ts';
import type { Database, Read } from '../database/database.ts';
import { notFound } from '../refusal.ts';
import { compile, type TransparencyReport } from './report.ts';
import * as tallies from './tallies.ts';

export type { MonthTally, ReasonTally, TransparencyReport } from './report.ts';

/** A report, and the day on which it was made. */
interface Kept {
	day: string;
	report: Promise<TransparencyReport>;
}

const kept = new WeakMap<Read, Map<number, Kept>>();

/** The years of which there is a report, the present one first. */
export async function years(db: Database): Promise<number[]> {
	const present = now().getUTCFullYear();
	const first = (await tallies.firstAct(db.read))?.getUTCFullYear() ?? present;
	const count = Math.max(1, present - first + 1);
	return Array.from({ length: count }, (_, index) => present - index);
}

/**
 * The transparency report of a year. It is counted once a day in each process, by the first who asks;
 * who asks meanwhile waits for the same.
 * @param year as in the address
 * @throws {Refusal} 404 for what is no year of this site.
 */
export async function read(db: Database, year: string): Promise<TransparencyReport> {
	const wanted = (await years(db)).find((known) => String(known) === year);
	if (wanted === undefined) throw notFound('report');
	const reports = kept.get(db.read) ?? new Map<number, Kept>();
	kept.set(db.read, reports);
	const day = now().toISOString().slice(0, 10);
	const before = reports.get(wanted);
	if (before?.day === day) return before.report;
	const report = compile(db.read, wanted);
	reports.set(wanted, { day, report });
	// What failed is tried again by the next who asks.
	report.catch(() => reports.delete(wanted));
	return report;
}
