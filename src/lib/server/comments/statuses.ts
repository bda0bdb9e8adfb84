/** Every status of a comment. */
export const COMMENT_STATUSES = ['published', 'pending', 'rejected', 'removed', 'deleted'] as const;
/**
 * Where a comment stands: shown (`published`), waiting for a moderator (`pending`), refused by one
 * (`rejected`), taken down by one (`removed`) or by its author (`deleted`).
 */
export type CommentStatus = (typeof COMMENT_STATUSES)[number];

/** Whether a comment has a place in its discussion: removed and deleted ones keep theirs, without text. */
export function hasPlace(status: CommentStatus): boolean {
	return status === 'published' || status === 'removed' || status === 'deleted';
}
