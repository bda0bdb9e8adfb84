import type { ReportOutcome } from '#lib/server/moderation/outcomes.ts';
import type { ReportReason } from '#lib/server/moderation/report-reasons.ts';

/** What a reader may say is wrong with a comment, as they choose it. */
export const REASON_WORDS: Readonly<Record<ReportReason, { name: string; hint: string }>> = {
	abuse: { name: 'Abuse', hint: 'It insults, threatens or demeans somebody.' },
	spam: { name: 'Spam', hint: 'It advertises, or says the same everywhere.' },
	'off-topic': { name: 'Off topic', hint: 'It has nothing to do with the article or the thread.' },
	misinformation: { name: 'Misinformation', hint: 'It states as a fact what is not one.' },
	'misquotes-me': { name: 'It misquotes me', hint: 'It has me say what I did not say.' },
	'private-information': {
		name: 'Private information',
		hint: 'It tells what somebody has not made public, such as an address.'
	},
	'illegal-content': {
		name: 'Illegal content',
		hint: 'It breaks a law. Say below which one, and how.'
	}
};

/** What became of a report, in a sentence. */
export function outcomeOf(report: {
	settledAt: Date | null;
	outcome: ReportOutcome | null;
}): string {
	if (report.outcome === 'upheld') return 'A moderator agreed: the comment was taken down.';
	if (report.outcome === 'dismissed') return 'A moderator looked, and left the comment as it is.';
	if (report.settledAt !== null) return 'The comment is gone; no moderator had to decide.';
	return 'Nobody has decided yet.';
}
