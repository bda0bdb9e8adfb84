import type { MailPace } from '#lib/server/accounts/addresses/mail-paces.ts';
import type { MailKind } from '#lib/server/notifications/mail/subscriptions.ts';

/** The paces of mail in words, for a choice. */
export const PACE_CHOICES: readonly { value: MailPace; label: string }[] = [
	{ value: 'off', label: 'No mail' },
	{ value: 'soon', label: 'Soon, at most once an hour' },
	{ value: 'daily', label: 'Once a day' }
];

/** What each kind of mail is about. */
export const MAIL_KIND_WORDS: Readonly<Record<MailKind, string>> = {
	answers: 'replies to you and quotes of your words',
	followed: 'comments in discussions and threads that you follow'
};
