/** Every kind of act that the log keeps, as SUBJECT.VERB. */
export const ACTION_KINDS = [
	'comment.approve',
	'comment.reject',
	'comment.remove',
	'comment.restore',
	'comment.keep',
	'article.create',
	'article.edit',
	'article.commenting',
	'account.role'
] as const;
/** What was done, in the log. */
export type ActionKind = (typeof ACTION_KINDS)[number];
