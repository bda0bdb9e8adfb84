import { full } from '#lib/format/times.ts';
import type { CommentingState } from '#lib/server/articles/commenting-states.ts';
import type { Role } from '#lib/server/actor.ts';
import type { ActionKind } from '#lib/server/moderation/kinds.ts';
import type { ActionView } from '#lib/server/moderation/log.ts';
import { commentingName } from '../wording.ts';
import { arrangedWords } from './arranged.ts';
import { ROLE_WORDS } from './roles.ts';

/** What somebody did, as it stands between their name and what they did it to. */
export const VERBS: Readonly<Record<ActionKind, string>> = {
	'comment.approve': 'approved',
	'comment.reject': 'rejected',
	'comment.remove': 'removed',
	'comment.restore': 'restored',
	'comment.keep': 'kept',
	'comment.review': 'looked at',
	'comment.undo': 'took back a decision about',
	'comment.pick': 'picked',
	'comment.unpick': 'no longer picks',
	'article.create': 'wrote',
	'article.edit': 'edited',
	'article.commenting': 'set commenting on',
	'article.discussion': 'arranged the discussion of',
	'article.correct': 'corrected',
	'account.role': 'gave a role to',
	'account.moderates': 'set the categories of',
	'account.warn': 'warned',
	'account.approval': 'required approval of',
	'account.suspend': 'suspended',
	'account.ban': 'banned',
	'account.lift': 'lifted a restriction of',
	'account.appeal': 'decided an appeal of',
	'account.picture': 'removed the picture of',
	'problem.check': 'is checking a problem with',
	'problem.correct': 'corrected a problem with',
	'problem.dismiss': 'found no error in'
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
		'comment.review': 'Comments looked at',
		'comment.undo': 'Decisions taken back',
		'comment.pick': 'Comments picked',
		'comment.unpick': 'Picks taken back',
		'article.create': 'Articles written',
		'article.edit': 'Articles edited',
		'article.commenting': 'Comment states set',
		'article.discussion': 'Discussions arranged',
		'article.correct': 'Corrections',
		'account.role': 'Roles given',
		'account.moderates': 'Categories of moderators set',
		'account.warn': 'Warnings',
		'account.approval': 'Approvals required',
		'account.suspend': 'Suspensions',
		'account.ban': 'Bans',
		'account.lift': 'Restrictions lifted',
		'account.appeal': 'Appeals decided',
		'account.picture': 'Pictures removed',
		'problem.check': 'Problems being checked',
		'problem.correct': 'Problems corrected',
		'problem.dismiss': 'Problems that were none'
	} satisfies Record<ActionKind, string>).map(([value, label]) => ({ value, label }))
];

function nameOf(kind: ActionKind, value: string): string {
	if (kind === 'article.commenting') return commentingName(value as CommentingState);
	return ROLE_WORDS[value as Role]?.name ?? value;
}

/** What an act changed from what to what, and until when: `Open → Disabled`; '' where that says nothing. */
export function changeOf({ kind, details }: Pick<ActionView, 'kind' | 'details'>): string {
	if (kind === 'article.discussion') return arrangedWords(details);
	if (kind === 'account.moderates') {
		return [details.from, details.to].map((names) => names ?? 'all of them').join(' → ');
	}
	if (!details.to) return '';
	const names = [details.from, details.to].flatMap((value) => (value ? nameOf(kind, value) : []));
	const until = details.until ? `, until ${full(new Date(details.until))}` : '';
	return names.join(' → ') + until;
}
