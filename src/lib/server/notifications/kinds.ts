/** Why somebody is told of a comment, the strongest reason first. */
export const NOTIFICATION_KINDS = ['quoted', 'reply', 'followed'] as const;
/** `quoted`: it quotes their words. `reply`: it answers them. `followed`: it is where they follow. */
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** What is counted of them; more than this is said to be more. */
export const MOST_COUNTED = 99;
