import type { QuoteMatch } from '../quotes/matches.ts';

/** Something that the report says about a line of a file. */
export interface Remark {
	/** Counted from 1. */
	line: number;
	reason: string;
	/** The file's name, when several were imported. */
	file?: string;
}

/** What an import made; every number counts what is new. */
export interface Report {
	articles: number;
	comments: number;
	accounts: number;
	categories: number;
	bylines: number;
	quotes: Record<QuoteMatch, number>;
	/** Records that were there already. */
	unchanged: number;
	/** Lines that were not imported, and why. */
	skipped: Remark[];
	/** How many fields were not known and so ignored. */
	ignored_fields: number;
	/** Records that were imported, but not quite as the file has them; absent when there are none. */
	notes?: Remark[];
	/** How many remarks there were beyond those listed; absent when all are. */
	unlisted?: number;
}

// A file with nothing but bad lines must not fill the memory with reasons.
const MOST_REMARKS = 50_000;

/** A report of nothing. */
export function emptyReport(): Report {
	return {
		articles: 0,
		comments: 0,
		accounts: 0,
		categories: 0,
		bylines: 0,
		quotes: { exact: 0, altered: 0, unresolved: 0 },
		unchanged: 0,
		skipped: [],
		ignored_fields: 0
	};
}

function addRemark(report: Report, list: Remark[], remark: Remark): void {
	if (list.length < MOST_REMARKS) list.push(remark);
	else report.unlisted = (report.unlisted ?? 0) + 1;
}

/** Says that a line was not imported. */
export function skip(report: Report, line: number, reason: string): void {
	addRemark(report, report.skipped, { line, reason });
}

/** Says that a line was imported, but not quite as it stands. */
export function note(report: Report, line: number, reason: string): void {
	addRemark(report, (report.notes ??= []), { line, reason });
}

const COUNTED = [
	'articles',
	'comments',
	'accounts',
	'categories',
	'bylines',
	'unchanged',
	'ignored_fields'
] as const;

/** Adds what one part of an import made to the whole; `file` names where its remarks belong. */
export function addTo(total: Report, part: Report, file?: string): void {
	for (const key of COUNTED) total[key] += part[key];
	for (const match of ['exact', 'altered', 'unresolved'] as const) {
		total.quotes[match] += part.quotes[match];
	}
	const named = (remark: Remark) => (file === undefined ? remark : { ...remark, file });
	for (const remark of part.skipped) addRemark(total, total.skipped, named(remark));
	for (const remark of part.notes ?? []) addRemark(total, (total.notes ??= []), named(remark));
	if (part.unlisted) total.unlisted = (total.unlisted ?? 0) + part.unlisted;
}

/** How many records an import made; 0 says that it changed nothing. */
export function madeBy(report: Report): number {
	const { articles, comments, accounts, categories, bylines } = report;
	return articles + comments + accounts + categories + bylines;
}
