import { COMMENTING_STATES } from '#lib/server/articles/commenting-states.ts';
import type { CommentingInput } from '#lib/server/articles/commenting.ts';
import { invalid } from '#lib/server/refusal.ts';

/** What a `datetime-local` field sends; seconds and their parts only if somebody typed them. */
const LOCAL_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?$/;

/**
 * The time in a `datetime-local` field, taken as UTC; null for an empty one.
 * @throws {Refusal} 422 for what is no time.
 */
function utc(text: string, field: string): Date | null {
	if (text === '') return null;
	const time = new Date(`${text}Z`);
	// A 30th of February would become a day in March.
	const isTime = LOCAL_TIME.test(text) && !isNaN(time.getTime());
	if (isTime && time.toISOString().startsWith(text.slice(0, 16))) return time;
	throw invalid('no-time', 'Please give a day and a time, such as 2030-01-31 18:00.', field);
}

/**
 * Reads the form that sets an article's comment state: `state`, `reason`, and `until` as UTC.
 * @throws {Refusal} 422 with the field that is wrong.
 */
export function readCommenting(form: {
	state: string;
	reason: string;
	until: string;
}): CommentingInput {
	const state = COMMENTING_STATES.find((known) => known === form.state);
	if (!state) throw invalid('state', 'Please choose one of the comment states.', 'state');
	return { state, reason: form.reason, until: utc(form.until, 'until') };
}
