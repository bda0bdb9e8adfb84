import type { Phase } from './phase.ts';

/** Holds everything on an article whose comments are read first; that alone lets expect no harm. */
export const premoderatedArticle: Phase = (_, { premoderated }) => {
	if (!premoderated) return null;
	const words = 'A moderator reads the comments on this article before they are published.';
	return { phase: 'premoderated-article', verdict: 'hold', harm: 0, words, nudges: false };
};
