import type { Finding } from '../findings.ts';
import type { Phase } from './phase.ts';

const HARM = 30;

/** Holds what comes in a flood: of one account, or of many new ones on one article. */
export const flood: Phase = (_, { latest, newcomers, rules }): Finding | null => {
	const held = (words: string): Finding => ({
		...{ phase: 'flood', verdict: 'hold', harm: HARM, words, nudges: false }
	});
	if (rules.floodComments > 0 && latest >= rules.floodComments) {
		return held('Very many comments came from one person in a few minutes.');
	}
	if (rules.floodNewcomers > 0 && newcomers > rules.floodNewcomers) {
		return held('Very many new accounts write on this article at once.');
	}
	return null;
};
