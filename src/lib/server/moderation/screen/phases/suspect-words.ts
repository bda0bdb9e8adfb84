import { listsOf } from '../rules.ts';
import { named } from './named.ts';
import type { Phase } from './phase.ts';

const HARM = 40;

/** Holds what has words that a moderator looks at first. */
export const suspectWords: Phase = (subject, { rules }) => {
	if (rules.suspect.length === 0) return null;
	const found = listsOf(rules).suspect.find(subject.symbols());
	if (found.length === 0) return null;
	const words = `It has words that a moderator looks at first: ${named(found)}.`;
	return { phase: 'suspect-words', verdict: 'hold', harm: HARM, words, nudges: true };
};
