/** What may be laid on an account, from least to most. */
export const SANCTION_KINDS = ['warning', 'approval', 'suspension', 'ban'] as const;
/**
 * A `warning` must be acknowledged before the next post; under `approval` every post waits for a
 * moderator; a `suspension` ends by itself; a `ban` does not.
 */
export type SanctionKind = (typeof SANCTION_KINDS)[number];

/** Everything that is a restriction, of which the person is given a statement. */
export const RESTRICTIONS = ['comment.reject', 'comment.remove', ...SANCTION_KINDS] as const;
/** What was restricted: a comment that was not published, one that was taken down, or the account. */
export type Restriction = (typeof RESTRICTIONS)[number];
