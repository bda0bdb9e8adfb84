import type { CommentingInput } from '#lib/server/articles/commenting.ts';
import { COMMENTING_STATES } from '#lib/server/articles/commenting-states.ts';
import { invalid } from '#lib/server/refusal.ts';

// What `<input type="datetime-local">` sends; the form says that it is UTC.
const FIELD_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/;

/** A time from a form: '' is none, one without an offset is UTC. @throws {Refusal} 422 when it is no time */
export function readTime(text: string, field: string): Date | null {
	if (text === '') return null;
	const time = new Date(FIELD_TIME.test(text) ? `${text}Z` : text);
	if (Number.isNaN(time.getTime())) {
		throw invalid('bad-time', 'Please give the time like 2026-07-29T14:05.', field);
	}
	return time;
}

/** The form that sets an article's comment state, parsed. @throws {Refusal} 422 naming the field */
export function readCommenting(form: {
	state: string;
	reason: string;
	note: string;
	until: string;
}): CommentingInput {
	const state = COMMENTING_STATES.find((known) => known === form.state);
	if (!state) throw invalid('bad-state', 'Please choose one of the comment states.', 'state');
	return { state, reason: form.reason, note: form.note, until: readTime(form.until, 'until') };
}
