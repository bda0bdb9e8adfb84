/** What a moderator may find about a report. */
export const REPORT_OUTCOMES = ['upheld', 'dismissed'] as const;
/** `upheld`: the comment was taken down. `dismissed`: it was left as it is. */
export type ReportOutcome = (typeof REPORT_OUTCOMES)[number];

/** What may become of an appeal. */
export const APPEAL_OUTCOMES = ['upheld', 'reversed'] as const;
/** `upheld`: the restriction stays. `reversed`: it was taken back. */
export type AppealOutcome = (typeof APPEAL_OUTCOMES)[number];
