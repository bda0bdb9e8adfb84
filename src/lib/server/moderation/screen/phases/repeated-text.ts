import type { Phase } from './phase.ts';

const HARM = 30;

const WORDS = {
	'by-author': 'It says again what the same person posted before.',
	'nearly-by-author': 'It says nearly again what the same person posted before.',
	'by-other': 'It says word for word what somebody else posted today.'
};

/** Holds what was said before, here or elsewhere. */
export const repeatedText: Phase = (_, { repeated }) => {
	if (repeated === null) return null;
	const words = WORDS[repeated];
	return { phase: 'repeated-text', verdict: 'hold', harm: HARM, words, nudges: true };
};
