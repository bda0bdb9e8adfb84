import { invalid } from '../refusal.ts';
import { normaliseText } from '../text/normalise.ts';
import { GROUNDS, type Ground } from './grounds.ts';

// A sentence or two; the log is read by everyone.
const REASON_LENGTH = 1000;
// The name of a law and its paragraph.
const LAW_LENGTH = 200;

/** Why something is restricted: the kind of reason, words, and of illegal content the law. */
export interface Reason {
	ground: Ground;
	reason: string;
	law: string;
}

/** The words of a reason, tidied. @throws {Refusal} 422 when they are too long, or needed and not there */
export function readWords(text: string, { needed = false } = {}): string {
	const reason = normaliseText(text).trim();
	if (needed && reason === '') throw invalid('no-reason', 'Say why, in a few words.', 'reason');
	if (reason.length <= REASON_LENGTH) return reason;
	throw invalid('reason-too-long', `A reason has at most ${REASON_LENGTH} characters.`, 'reason');
}

/** A law as somebody names it, tidied. @throws {Refusal} 422 when it is too long */
export function readLaw(text: string): string {
	const law = normaliseText(text).trim();
	if (law.length <= LAW_LENGTH) return law;
	throw invalid('law-too-long', `The law has at most ${LAW_LENGTH} characters.`, 'law');
}

/** A kind of reason, if the text is one. */
export function groundOf(text: string | undefined): Ground | null {
	return GROUNDS.find((known) => known === text) ?? null;
}

/**
 * The reason of a restriction, tidied. A kind of reason says enough but for `other`, which needs words;
 * words without a kind are of that.
 * @throws {Refusal} 422 when it is not there, or too long.
 */
export function readReason(input: { ground?: string; reason: string; law?: string }): Reason {
	const reason = readWords(input.reason);
	const law = readLaw(input.law ?? '');
	const ground = groundOf(input.ground) ?? 'other';
	if (ground === 'other' && reason === '') {
		throw invalid('no-reason', 'Choose why, or say it in a few words.', 'reason');
	}
	return { ground, reason, law: ground === 'illegal-content' ? law : '' };
}
