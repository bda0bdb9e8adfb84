/** Why somebody is told of something: of a comment the strongest reason first, then of decisions. */
export const NOTIFICATION_KINDS = [
	'quoted',
	'reply',
	'followed',
	'picked',
	'statement',
	'appeal',
	'problem'
] as const;
/**
 * Of a comment: it quotes their words (`quoted`), answers them (`reply`), is where they follow
 * (`followed`), or is theirs and an editor picked it (`picked`). Of a decision: they were restricted
 * (`statement`), their objection was decided (`appeal`), a problem that they sent was (`problem`).
 */
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** What is counted of them; more than this is said to be more. */
export const MOST_COUNTED = 99;
