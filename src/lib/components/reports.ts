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
	}
};
