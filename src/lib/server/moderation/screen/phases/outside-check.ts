import type { OutsideAnswer } from '../outside/answer.ts';
import type { Phase } from './phase.ts';

const HARM = { publish: 0, hold: 40, reject: 80 };

const WORDS = {
	publish: '',
	hold: 'A check for spam asks that a moderator looks at it.',
	reject: 'A check for spam finds that it is not to be published.'
};

/** Holds or rejects what a check outside the house asks for: the strictest answer holds. */
export const outsideCheck: Phase = (_, { outside }) => {
	const strictest = (wanted: OutsideAnswer['verdict']) =>
		outside.find(({ verdict }) => verdict === wanted);
	const answer = strictest('reject') ?? strictest('hold');
	if (!answer || answer.verdict === 'publish') return null;
	const { verdict } = answer;
	const harm = answer.harm ?? HARM[verdict];
	const words = answer.words?.trim() || WORDS[verdict];
	return { phase: 'outside-check', verdict, harm, words, nudges: false };
};
