import type { Phase } from './phase.ts';

/** Holds everything while all comments are read first; that alone lets expect no harm. */
export const premoderatedSite: Phase = (_, { rules }) => {
	if (!rules.premoderated) return null;
	const words = 'A moderator reads all comments before they are published.';
	return { phase: 'premoderated-site', verdict: 'hold', harm: 0, words, nudges: false };
};
