import type { Tab } from '#lib/server/moderation/queue.ts';
import type { Verb } from '#lib/server/moderation/verbs.ts';

/** What is decided, in words. */
export interface VerbWords {
	/** On its button. */
	name: string;
	/** In a word, once it is done. */
	past: string;
	/** Once it is done. */
	done: string;
}

/** The decisions in words. */
export const VERB_WORDS: Readonly<Record<Verb, VerbWords>> = {
	approve: { name: 'Approve', past: 'Approved', done: 'The comment is published.' },
	reject: {
		name: 'Reject',
		past: 'Rejected',
		done: 'The comment is rejected. Its author still sees it, and that it was not published.'
	},
	keep: {
		name: 'Keep',
		past: 'Kept',
		done: 'The comment stays as it is, and its reports are settled.'
	},
	remove: {
		name: 'Remove',
		past: 'Removed',
		done: 'The comment is removed, and its words with it.'
	},
	restore: { name: 'Restore', past: 'Restored', done: 'The comment is back in its place.' },
	review: {
		name: 'Leave it',
		past: 'Left as it is',
		done: 'The comment was looked at and stays as it is.'
	}
};

/** The parts of the queue in words: what each is called, and what comes there. */
export const TAB_WORDS: Readonly<Record<Tab, { name: string; hint: string }>> = {
	pending: { name: 'Pending', hint: 'What waits to be published stands here.' },
	reported: { name: 'Reported', hint: 'What readers report stands here.' },
	unreviewed: {
		name: 'Unreviewed',
		hint: 'What was published without a moderator having looked at it stands here.'
	}
};

/** What is decided about many of a tab at once. */
export const TAB_VERBS: Readonly<Record<Tab, { stay: Verb; go: Verb }>> = {
	pending: { stay: 'approve', go: 'reject' },
	reported: { stay: 'keep', go: 'remove' },
	unreviewed: { stay: 'review', go: 'remove' }
};
