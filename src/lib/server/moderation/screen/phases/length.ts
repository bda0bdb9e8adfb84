import { number } from '../../../../format/counts.ts';
import type { Phase } from './phase.ts';

const HARM = 10;

/** Holds what is longer than the newsroom likes. */
export const length: Phase = ({ text }, { rules }) => {
	if (rules.longest === 0 || text.length <= rules.longest) return null;
	const words = `It is longer than ${number(rules.longest)} characters.`;
	return { phase: 'length', verdict: 'hold', harm: HARM, words, nudges: true };
};
