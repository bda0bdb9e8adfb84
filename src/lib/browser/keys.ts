import * as fold from './fold.ts';
import * as fresh from './fresh.ts';
import * as jump from './jump.ts';
import { listen } from './single-keys.ts';
import * as walk from './walk.ts';

interface CommentKey {
	key: string;
	does: string;
	act(comment: HTMLElement | null): void;
}

function step(by: 1 | -1): void {
	const comments = walk.all();
	const here = walk.current();
	const at = here ? comments.indexOf(here) + by : 0;
	const next = comments[at];
	if (next) walk.to(next);
}

function press(comment: HTMLElement | null, link: string): void {
	comment?.querySelector<HTMLElement>(`.acts a[href*="?${link}="]`)?.click();
}

/** The comment with replies that one belongs to: itself, or what it answers. */
function foldable(comment: HTMLElement): HTMLElement | null {
	if (comment.querySelector('.fold')) return comment;
	return document.getElementById(`c-${comment.dataset.parent}`);
}

function toggle(comment: HTMLElement | null): void {
	const folded = comment && foldable(comment);
	if (!folded) return;
	fold.toggle(folded);
	walk.to(folded);
}

const KEYS: readonly CommentKey[] = [
	{ key: 'j', does: 'Next comment', act: () => step(1) },
	{ key: 'k', does: 'Comment before', act: () => step(-1) },
	{ key: 'n', does: 'Next new comment', act: fresh.goToNext },
	{ key: 'u', does: 'The comment it answers', act: (at) => at && jump.toParent(at) },
	{ key: 'b', does: 'Back to where you came from', act: jump.goBack },
	{ key: 'c', does: 'Fold or unfold the replies', act: toggle },
	{ key: 'r', does: 'Reply', act: (at) => press(at, 'reply') },
	{ key: 'q', does: 'Quote the comment, or the words selected', act: (at) => press(at, 'quote') }
];

/** Walks through a discussion by single keys. */
export function start(): void {
	if (!document.querySelector('.threads')) return;
	const keys = KEYS.map(({ act, ...key }) => ({ ...key, act: () => act(walk.current()) }));
	listen(keys, document.querySelector('.discussion-tools'));
}
