import type { ActionKind } from '../moderation/kinds.ts';

/** Acts that decide about a comment. */
export const DECISION_KINDS: readonly ActionKind[] = [
	'comment.approve',
	'comment.reject',
	'comment.remove',
	'comment.restore',
	'comment.keep',
	'comment.review',
	'comment.undo'
];

/** Acts that lay something on a person, or lift it. */
export const SANCTION_ACTS: readonly ActionKind[] = [
	'account.warn',
	'account.approval',
	'account.suspend',
	'account.ban',
	'account.lift'
];
