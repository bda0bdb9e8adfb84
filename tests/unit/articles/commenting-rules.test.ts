import { expect, test } from 'vitest';
import * as rules from '#lib/server/articles/commenting-rules.ts';
import type { CommentingState } from '#lib/server/articles/commenting-states.ts';

const noon = new Date('2026-03-01T12:00:00Z');
const after = (milliseconds: number) => new Date(noon.getTime() + milliseconds);

test.each<[string, CommentingState, Date | null, CommentingState | null, number, CommentingState]>([
	['for good', 'disabled', null, null, 0, 'disabled'],
	['before its time', 'disabled', noon, 'open', -1, 'disabled'],
	['at its time', 'disabled', noon, 'open', 0, 'open'],
	['after its time', 'disabled', noon, 'premoderated', 1, 'premoderated'],
	['with nothing to return to', 'hidden', noon, null, 1, 'open']
])(
	'a state that was set %s',
	(_what, commenting, commentingUntil, commentingThen, later, holds) => {
		const article = { commenting, commentingUntil, commentingThen };
		expect(rules.stateAt(article, after(later))).toBe(holds);
	}
);

test.each<[CommentingState, boolean, boolean, boolean]>([
	['open', true, false, true],
	['premoderated', true, true, true],
	['disabled', false, false, true],
	['hidden', false, false, false]
])('%s allows posting: %s, holds posts: %s, shows comments: %s', (state, allows, holds, shows) => {
	expect(rules.allowsPosting(state)).toBe(allows);
	expect(rules.holdsPosts(state)).toBe(holds);
	expect(rules.showsComments(state)).toBe(shows);
});
