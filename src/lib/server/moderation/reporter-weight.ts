import type { Role } from '../actor.ts';

/** What a weight is counted in: a reader's report that is as good as any weighs so much. */
export const ORDINARY = 100;
/** Staff know the rules, and answer for what they report: as much as three readers. */
const STAFF = 300;
/** Accounts are made in a minute: one of today is half a reader. */
const NEWCOMER = 50;
const NEWCOMER_MS = 24 * 60 * 60 * 1000;
/** Nobody knows how good the reports of somebody without an account are, nor whether several are one's. */
export const UNSIGNED = 25;
/** Who was wrong very often is still heard, and nobody counts for very many. */
const LEAST = 10;
const MOST = 200;

/** What is known of somebody who reports. */
export interface Reporter {
	role: Role;
	createdAt: Date;
	/** Reports that a moderator agreed with, and those that none did. */
	reportsUpheld: number;
	reportsDismissed: number;
}

/**
 * What a report weighs, in hundredths of an ordinary reader's: twice the chance that it is right, which
 * by the rule of succession is (upheld + 1) / (all + 2).
 */
export function weightOf(reporter: Reporter, at: Date): number {
	if (reporter.role !== 'reader') return STAFF;
	const { reportsUpheld: upheld, reportsDismissed: dismissed } = reporter;
	const byRecord = Math.round((2 * ORDINARY * (upheld + 1)) / (upheld + dismissed + 2));
	const weight = Math.min(MOST, Math.max(LEAST, byRecord));
	const isNew = at.getTime() - reporter.createdAt.getTime() < NEWCOMER_MS;
	return isNew ? Math.min(NEWCOMER, weight) : weight;
}
