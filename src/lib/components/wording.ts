import { counted } from '#lib/format/counts.ts';
import { span } from '#lib/format/durations.ts';
import type { CommentingState } from '#lib/server/articles/commenting-states.ts';
import type { ClosingRules } from '#lib/server/articles/discussion-defaults.ts';
import type { SlowColumns } from '#lib/server/articles/slow-mode.ts';
import type { CommentView } from '#lib/server/comments/view.ts';
import type { CommentStatus } from '#lib/server/comments/statuses.ts';
import { GROUND_WORDS } from './grounds.ts';

const TOMBSTONES: Record<CommentStatus, string> = {
	published: 'This comment is not shown.',
	pending: 'This comment waits for a moderator.',
	rejected: 'This comment was not published.',
	removed: 'This comment was removed by a moderator.',
	deleted: 'This comment was deleted by its author.'
};

const STATUS_LINES: Partial<Record<CommentStatus, string>> = {
	pending: 'Waiting for a moderator: only its author and the moderators see it.',
	rejected: 'Not published: only its author and the moderators see it.',
	removed: 'Removed: readers see only that a moderator removed it.',
	deleted: 'Deleted by its author.'
};

const STATES: Record<CommentingState, string> = {
	open: 'Open for comments.',
	premoderated: 'Comments appear once a moderator has read them.',
	disabled: 'Commenting is disabled on this article.',
	hidden: 'Comments are not shown on this article.'
};

const STATE_NAMES: Record<CommentingState, string> = {
	open: 'Open',
	premoderated: 'Premoderated',
	disabled: 'Disabled',
	hidden: 'Hidden'
};

const CARD_STATES: Partial<Record<CommentingState, string>> = {
	premoderated: 'comments moderated first',
	disabled: 'comments closed',
	hidden: 'no comments'
};

/** What stands in the place of a comment whose text is not for this reader. */
export function tombstone({ status, ground }: Pick<CommentView, 'status' | 'ground'>): string {
	if (ground === null || ground === 'other') return TOMBSTONES[status];
	return `Removed by a moderator: ${GROUND_WORDS[ground].name.toLowerCase()}.`;
}

/** What stands in front of a comment that is folded: for this reader alone, or because of its reports. */
export function veil({ muted }: { muted: boolean }): string {
	return muted
		? 'A comment by someone you muted.'
		: 'Folded because readers reported it; a moderator will look.';
}

/** What is said above the text of a comment that not everybody sees; null for a published one. */
export function statusLine(status: CommentStatus): string | null {
	return STATUS_LINES[status] ?? null;
}

/** An article's comment state in a sentence. */
export function commentingSentence(state: CommentingState): string {
	return STATES[state];
}

/** The name of a comment state, as staff choose it. */
export function commentingName(state: CommentingState): string {
	return STATE_NAMES[state];
}

/** A comment state in a list of articles; null where it is open and needs no word. */
export function commentingNote(state: CommentingState): string | null {
	return CARD_STATES[state] ?? null;
}

/** A number of days after which a discussion closes: `never`, `14 days`. */
export function closingDays(days: number): string {
	return days === 0 ? 'never' : counted(days, 'day');
}

/** When the site's discussions close, in a sentence. */
export function closingWords({
	closeAfterDays,
	closeAfterSilentDays,
	openHours
}: ClosingRules): string {
	const parts = [
		closeAfterDays > 0 && `${counted(closeAfterDays, 'day')} after publication`,
		closeAfterSilentDays > 0 && `after ${counted(closeAfterSilentDays, 'day')} without a comment`,
		openHours && `outside their hours (${openHours.zone})`
	].filter(Boolean);
	return parts.length === 0 ? 'Nothing closes by itself.' : `Closed ${parts.join(', ')}.`;
}

/** How an article's comments are spaced, in a sentence; null where they are not. */
export function slowSentence({ slowMode, slowSeconds }: SlowColumns): string | null {
	if (slowMode === 'off') return null;
	const words = `Slow mode: one comment every ${span(slowSeconds)}`;
	return slowMode === 'fixed'
		? `${words}.`
		: `${words}, or longer while comments here are reported.`;
}
