/** What a reader may say is wrong with a comment. */
export const REPORT_REASONS = [
	'abuse',
	'spam',
	'off-topic',
	'misinformation',
	'misquotes-me',
	'private-information',
	'illegal-content'
] as const;
/** Why a comment is reported. */
export type ReportReason = (typeof REPORT_REASONS)[number];
