/** Every kind of act that the log keeps, as SUBJECT.VERB. */
export const ACTION_KINDS = [
	'comment.approve',
	'comment.reject',
	'comment.remove',
	'comment.restore',
	'comment.keep',
	'comment.review',
	'comment.undo',
	'comment.pick',
	'comment.unpick',
	'article.create',
	'article.edit',
	'article.commenting',
	'article.discussion',
	'article.correct',
	'account.role',
	'account.moderates',
	'account.warn',
	'account.approval',
	'account.suspend',
	'account.ban',
	'account.lift',
	'account.appeal',
	'account.picture',
	'problem.check',
	'problem.correct',
	'problem.dismiss'
] as const;
/** What was done, in the log. */
export type ActionKind = (typeof ACTION_KINDS)[number];
