import { listsOf } from '../rules.ts';
import { named } from './named.ts';
import type { Phase } from './phase.ts';

const HARM = 100;

/** Rejects what has words with which nothing is published. */
export const bannedWords: Phase = (subject, { rules }) => {
	if (rules.banned.length === 0) return null;
	const found = listsOf(rules).banned.find(subject.symbols());
	if (found.length === 0) return null;
	const words = `It has words that are not published here: ${named(found)}.`;
	return { phase: 'banned-words', verdict: 'reject', harm: HARM, words, nudges: true };
};
