import { expect, test } from 'vitest';
import { changeOf, KIND_OPTIONS, VERBS } from '#lib/components/desk/acts.ts';
import { ACTION_KINDS } from '#lib/server/moderation/kinds.ts';
import type { ActionKind } from '#lib/server/moderation/kinds.ts';

const UNTIL = '2026-08-01T09:00:00.000Z';

test.each<[ActionKind, Record<string, string | null>, string]>([
	['comment.remove', {}, ''],
	['account.role', { from: 'reader', to: 'moderator' }, 'Reader → Moderator'],
	['account.role', { from: null, to: 'admin' }, 'Administrator'],
	['account.moderates', { from: null, to: 'Harbour, Weather' }, 'all of them → Harbour, Weather'],
	['article.commenting', { from: 'open', to: 'hidden', until: null }, 'Open → Hidden'],
	[
		'article.commenting',
		{ from: 'open', to: 'disabled', until: UNTIL },
		'Open → Disabled, until 1 August 2026 at 09:00 UTC'
	]
])('%s with %j is told as "%s"', (kind, details, words) => {
	expect(changeOf({ kind, details })).toBe(words);
});

test('every kind of act has a verb and can be chosen', () => {
	expect(Object.keys(VERBS)).toEqual([...ACTION_KINDS]);
	expect(KIND_OPTIONS.map(({ value }) => value)).toEqual(['', ...ACTION_KINDS]);
});
