import * as fold from './fold.ts';

let last: HTMLElement | null = null;

function isShown(comment: HTMLElement): boolean {
	return comment.isConnected && comment.checkVisibility();
}

/** The comments that can be seen, in reading order. */
export function all(): HTMLElement[] {
	return [...document.querySelectorAll<HTMLElement>('.threads .comment')].filter(isShown);
}

/** The comment the reader is at: the one with the focus, or that had it last; null before they went to one. */
export function current(): HTMLElement | null {
	const focused = document.activeElement?.closest<HTMLElement>('.threads .comment');
	if (focused) return focused;
	return last && isShown(last) ? last : null;
}

/** Takes the reader to a comment: unfolds what hides it, focuses it and brings it into view. */
export function to(comment: HTMLElement): void {
	fold.reveal(comment);
	last = comment;
	comment.tabIndex = -1;
	comment.classList.add('at');
	comment.addEventListener('blur', () => comment.classList.remove('at'), { once: true });
	comment.focus({ preventScroll: true });
	comment.scrollIntoView({ block: 'nearest' });
}

/** The first of some comments that comes after where the reader is; from the end on, the first of all. */
export function after(comments: HTMLElement[]): HTMLElement | undefined {
	const here = current();
	const isLater = (comment: HTMLElement) =>
		here !== null && here.compareDocumentPosition(comment) & Node.DOCUMENT_POSITION_FOLLOWING;
	return comments.find(isLater) ?? comments[0];
}
