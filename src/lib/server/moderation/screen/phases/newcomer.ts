import { isNew, type Phase } from './phase.ts';

const HARM = 10;

/** Holds the first comments of somebody, until some are published. */
export const newcomer: Phase = (_, facts) => {
	if (!facts.rules.holdNew || !isNew(facts)) return null;
	const words = 'A moderator reads the first comments of everybody who is new here.';
	return { phase: 'newcomer', verdict: 'hold', harm: HARM, words, nudges: false };
};
