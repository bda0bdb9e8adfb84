import { invalid } from '../refusal.ts';
import { normaliseText } from '../text/normalise.ts';

// A sentence or two; the log is read by everyone.
const REASON_LENGTH = 1000;

/** The reason of a decision, tidied. @throws {Refusal} 422 when it is too long, or is needed and not there. */
export function readReason(text: string, needed: boolean): string {
	const reason = normaliseText(text).trim();
	if (needed && reason === '') throw invalid('no-reason', 'Say why, in a few words.', 'reason');
	if (reason.length > REASON_LENGTH) {
		throw invalid('reason-too-long', `A reason has at most ${REASON_LENGTH} characters.`, 'reason');
	}
	return reason;
}
