import { button as makeButton, commentById, commentOf, descendants, on, onClick } from './dom.ts';

/** Folds what hangs on a comment, or unfolds it. */
export function toggle(comment: HTMLElement): void {
	const folded = comment.classList.toggle('folded');
	const below = descendants(comment);
	for (const reply of below) reply.hidden = folded;
	// What was folded within stays so.
	if (!folded) {
		for (const inner of below.filter((reply) => reply.matches('.folded'))) {
			for (const reply of descendants(inner)) reply.hidden = true;
		}
	}
	const button = comment.querySelector('.fold');
	if (!button) return;
	button.setAttribute('aria-expanded', String(!folded));
	button.textContent = folded ? `+${below.length}` : '−';
}

/** Gives each comment that has replies on this page, and no button yet, one that folds them. */
export function addButtons(): void {
	for (const comment of document.querySelectorAll<HTMLElement>('.thread .comment')) {
		if (comment.querySelector('.fold') || descendants(comment).length === 0) continue;
		const button = makeButton('−', 'fold');
		button.title = 'Fold replies';
		button.setAttribute('aria-label', 'Fold replies');
		button.setAttribute('aria-expanded', 'true');
		comment.querySelector('.permalink')?.before(button);
	}
}

/** Unfolds whatever hides a comment. */
export function reveal(comment: HTMLElement): void {
	const folded: HTMLElement[] = [];
	let above = commentById(comment.dataset.parent ?? '');
	for (; above; above = commentById(above.dataset.parent ?? '')) {
		if (above.matches('.folded')) folded.unshift(above);
	}
	for (const ancestor of folded) toggle(ancestor);
}

/** The ancestor whose line was pressed. */
function ancestorAt(comment: HTMLElement, x: number): HTMLElement | null {
	const step = parseFloat(getComputedStyle(comment).marginInlineStart);
	const level = Math.floor(
		((x - comment.getBoundingClientRect().left + step) / step) * depthOf(comment)
	);
	let found: Element | null = comment;
	while (found && depthOf(found) > level) found = found.previousElementSibling;
	return found?.matches('.comment') ? (found as HTMLElement) : null;
}

function depthOf(comment: Element): number {
	return Number(getComputedStyle(comment).getPropertyValue('--depth') || 0);
}

/** Folds by button, and by the thin line beside the replies. */
export function start(): void {
	addButtons();
	onClick('.fold', (button) => toggle(commentOf(button)!));
	on('click', '.comment', (comment, event) => {
		if (event.target !== comment || event.clientX >= comment.getBoundingClientRect().left) return;
		const ancestor = ancestorAt(comment, event.clientX);
		if (ancestor) toggle(ancestor);
	});
}
