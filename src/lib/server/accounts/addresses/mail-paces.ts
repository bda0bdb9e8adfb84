/** How soon somebody gets mail about something: not at all, once it waits unread for a while, or once a day. */
export const MAIL_PACES = ['off', 'soon', 'daily'] as const;
/** See `MAIL_PACES`. */
export type MailPace = (typeof MAIL_PACES)[number];
