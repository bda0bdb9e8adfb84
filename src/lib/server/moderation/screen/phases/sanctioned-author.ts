import type { Phase } from './phase.ts';

const HARM = 40;

/** Holds everything of somebody whose comments need approval. */
export const sanctionedAuthor: Phase = (_, { approvalRequired }) => {
	if (!approvalRequired) return null;
	const words = 'A moderator reads all that this person posts before it is published.';
	return { phase: 'sanctioned-author', verdict: 'hold', harm: HARM, words, nudges: false };
};
