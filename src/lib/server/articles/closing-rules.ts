import type { ClosingRules } from './discussion-defaults.ts';
import { closedAt, openingNote } from './opening-hours.ts';

const DAY = 24 * 60 * 60 * 1000;

/** What the rules of closing ask of a discussion that is open. */
export interface OpenDiscussion {
	publishedAt: Date;
	/** When its last comment was written; null without one. */
	lastCommentAt: Date | null;
	/** When a person last set its comment state; null when nobody has. */
	setAt: Date | null;
}

/** A closing by the software: until when, and what readers are told. */
export interface Closing {
	/** When it opens again; null when it does not. */
	until: Date | null;
	reason: string;
	note: string;
}

function inDays(days: number): string {
	return days === 1 ? 'a day' : `${days} days`;
}

function after(time: Date, days: number): Date {
	return new Date(time.getTime() + days * DAY);
}

function latest(...times: (Date | null)[]): Date {
	return new Date(Math.max(...times.map((time) => time?.getTime() ?? 0)));
}

/** Whether it is over by a time, so many days after publication, unless a person decided later. */
function isOld({ publishedAt, setAt }: OpenDiscussion, days: number, by: Date): boolean {
	const end = after(publishedAt, days);
	return days > 0 && end <= by && (setAt === null || setAt < end);
}

/** Whether nobody has written for so many days by a time; what a person decided begins them anew. */
function isSilent(discussion: OpenDiscussion, days: number, by: Date): boolean {
	const { publishedAt, lastCommentAt, setAt } = discussion;
	return days > 0 && after(latest(publishedAt, lastCommentAt, setAt), days) <= by;
}

/**
 * How an open discussion is to be closed at a time; null when it stays open. What a person set since
 * it would have been closed holds: for good, or until the hours next close it. One whose time is over
 * before its hours would open it again does not wait for that.
 */
export function closingOf(
	discussion: OpenDiscussion,
	rules: ClosingRules,
	at: Date
): Closing | null {
	const { closeAfterDays, closeAfterSilentDays, openHours } = rules;
	const span = openHours && closedAt(openHours, at);
	const isByHours = span !== null && !(discussion.setAt && discussion.setAt >= span.since);
	const by = isByHours ? span.until : at;
	if (isOld(discussion, closeAfterDays, by)) {
		const words = `Closed ${inDays(closeAfterDays)} after publication.`;
		return { until: null, reason: words, note: words };
	}
	if (isSilent(discussion, closeAfterSilentDays, by)) {
		const words = `Closed after ${inDays(closeAfterSilentDays)} without a comment.`;
		return { until: null, reason: words, note: words };
	}
	if (!isByHours) return null;
	const note = openingNote(openHours!, span.until);
	return { until: span.until, reason: 'Outside its hours.', note };
}

/** Whether `closingOf` can be other than null, whatever its last comment and whoever set its state. */
export function mayClose(publishedAt: Date, rules: ClosingRules, at: Date): boolean {
	return closingOf({ publishedAt, lastCommentAt: null, setAt: null }, rules, at) !== null;
}
