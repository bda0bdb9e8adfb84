/** Every status of a comment. */
export const COMMENT_STATUSES = ['published', 'pending', 'rejected', 'removed', 'deleted'] as const;
/**
 * Where a comment stands: shown (`published`), waiting for a moderator (`pending`), refused by one
 * (`rejected`), taken down by one (`removed`) or by its author (`deleted`).
 */
export type CommentStatus = (typeof COMMENT_STATUSES)[number];

/**
 * Whether a comment of this status has a place in its discussion: removed and deleted ones keep theirs,
 * without text. One that waits has one if it was published before and its new text is held.
 */
export function hasPlace(status: CommentStatus): boolean {
	return status === 'published' || status === 'removed' || status === 'deleted';
}
