import { full } from '#lib/format/times.ts';
import type { CommentingState } from '#lib/server/articles/commenting-states.ts';
import type { Role } from '#lib/server/actor.ts';
import type { ActionKind } from '#lib/server/moderation/kinds.ts';
import type { ActionView } from '#lib/server/moderation/log.ts';
import { commentingName } from '../wording.ts';
import { ROLE_WORDS } from './roles.ts';

/** What somebody did, as it stands between their name and what they did it to. */
export const VERBS: Readonly<Record<ActionKind, string>> = {
	'comment.approve': 'approved',
	'comment.reject': 'rejected',
	'comment.remove': 'removed',
	'comment.restore': 'restored',
	'comment.keep': 'kept',
	'article.create': 'wrote',
	'article.edit': 'edited',
	'article.commenting': 'set commenting on',
	'account.role': 'gave a role to'
};

/** The kinds of acts, as they are chosen from; '' for all of them. */
export const KIND_OPTIONS: readonly { value: string; label: string }[] = [
	{ value: '', label: 'All acts' },
	...Object.entries({
		'comment.approve': 'Comments approved',
		'comment.reject': 'Comments rejected',
		'comment.remove': 'Comments removed',
		'comment.restore': 'Comments restored',
		'comment.keep': 'Comments kept',
		'article.create': 'Articles written',
		'article.edit': 'Articles edited',
		'article.commenting': 'Comment states set',
		'account.role': 'Roles given'
	} satisfies Record<ActionKind, string>).map(([value, label]) => ({ value, label }))
];

function nameOf(kind: ActionKind, value: string): string {
	if (kind === 'article.commenting') return commentingName(value as CommentingState);
	return ROLE_WORDS[value as Role].name;
}

/** What an act changed from what to what, and until when: `Open → Disabled`; '' where that says nothing. */
export function changeOf({ kind, details }: Pick<ActionView, 'kind' | 'details'>): string {
	if (!details.to) return '';
	const names = [details.from, details.to].flatMap((value) => (value ? nameOf(kind, value) : []));
	const until = details.until ? `, until ${full(new Date(details.until))}` : '';
	return names.join(' → ') + until;
}
