import type { AppealOutcome } from '#lib/server/moderation/outcomes.ts';
import type { Restriction } from '#lib/server/moderation/restrictions.ts';

/** What was restricted, said to the person concerned. */
export const RESTRICTION_WORDS: Readonly<Record<Restriction, string>> = {
	'comment.reject': 'Your comment was not published',
	'comment.remove': 'Your comment was removed',
	warning: 'You were warned',
	approval: 'What you post waits for a moderator',
	suspension: 'Your account is suspended',
	ban: 'Your account is banned'
};

/** What became of an objection, said to the person concerned. */
export const APPEAL_WORDS: Readonly<Record<AppealOutcome, string>> = {
	upheld: 'We looked again, and the decision stays.',
	reversed: 'We looked again, and took the decision back.'
};
