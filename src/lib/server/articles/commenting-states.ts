/** What an article's discussion allows, from most to least. */
export const COMMENTING_STATES = ['open', 'premoderated', 'disabled', 'hidden'] as const;
/**
 * The comment state of an article: anyone with an account may post (`open`), what is posted waits for
 * a moderator (`premoderated`), nobody may post (`disabled`), nor are comments shown (`hidden`).
 */
export type CommentingState = (typeof COMMENTING_STATES)[number];
