import type { Ground } from '#lib/server/moderation/grounds.ts';

/** A kind of reason in words. */
export interface GroundWords {
	/** As it is chosen, and as it stands alone. */
	name: string;
	/** What the rule behind it asks, for those whom it was applied to. */
	rule: string;
}

/** The kinds of reason in words: here and nowhere else. */
export const GROUND_WORDS: Readonly<Record<Ground, GroundWords>> = {
	abuse: {
		name: 'Abuse',
		rule: 'Argue with what people say. Do not insult, threaten or demean them.'
	},
	hate: {
		name: 'Hate',
		rule: 'Do not run people down for what they are: where they come from, what they believe, whom they love.'
	},
	spam: { name: 'Spam', rule: 'Do not advertise, and do not say the same everywhere.' },
	'off-topic': { name: 'Off topic', rule: 'Keep to the article and to what is being discussed.' },
	misinformation: {
		name: 'Misinformation',
		rule: 'Do not state as a fact what is known to be wrong.'
	},
	misquotation: {
		name: 'Misquotation',
		rule: 'Do not have people say what they did not say.'
	},
	'private-information': {
		name: 'Private information',
		rule: 'Do not tell what somebody has not made public, such as an address.'
	},
	'illegal-content': {
		name: 'Illegal content',
		rule: 'Do not post what the law forbids.'
	},
	other: { name: 'Another reason', rule: 'The rules of this discussion.' }
};

/** The kinds of reason as they are chosen from. */
export const GROUND_OPTIONS: readonly { value: Ground; label: string }[] = (
	Object.keys(GROUND_WORDS) as Ground[]
).map((value) => ({ value, label: GROUND_WORDS[value].name }));
