/** The kinds of reason for which something is restricted. */
export const GROUNDS = [
	'abuse',
	'hate',
	'spam',
	'off-topic',
	'misinformation',
	'misquotation',
	'private-information',
	'illegal-content',
	'other'
] as const;
/** Why something is restricted, in one word; a comment's place says it when the words are gone. */
export type Ground = (typeof GROUNDS)[number];
