import { button } from './dom.ts';
import * as fold from './fold.ts';
import * as fresh from './fresh.ts';
import * as jump from './jump.ts';
import { keep, recall } from './storage.ts';
import * as walk from './walk.ts';

interface Key {
	key: string;
	does: string;
	act(comment: HTMLElement | null): void;
}

/** Single keys may be in the way of those who speak to their computer (WCAG 2.1.4). */
const OFF = 'keys-off';

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

const KEYS: readonly Key[] = [
	{ key: 'j', does: 'Next comment', act: () => step(1) },
	{ key: 'k', does: 'Comment before', act: () => step(-1) },
	{ key: 'n', does: 'Next new comment', act: fresh.goToNext },
	{ key: 'u', does: 'The comment it answers', act: (at) => at && jump.toParent(at) },
	{ key: 'b', does: 'Back to where you came from', act: jump.goBack },
	{ key: 'c', does: 'Fold or unfold the replies', act: toggle },
	{ key: 'r', does: 'Reply', act: (at) => press(at, 'reply') },
	{ key: 'q', does: 'Quote the comment, or the words selected', act: (at) => press(at, 'quote') },
	{ key: '?', does: 'This list', act: () => list().showModal() }
];

function row({ key, does }: Key): HTMLElement {
	const made = document.createElement('li');
	const cap = document.createElement('kbd');
	cap.textContent = key;
	made.append(cap, ` ${does}`);
	return made;
}

/** The box that switches the keys on and off. */
function choice(): HTMLElement {
	const label = document.createElement('label');
	const box = document.createElement('input');
	box.type = 'checkbox';
	box.checked = recall(OFF) === null;
	box.addEventListener('change', () => keep(OFF, box.checked ? null : 'yes'));
	label.append(box, ' Use these keys');
	return label;
}

let made: HTMLDialogElement | null = null;

function list(): HTMLDialogElement {
	if (made) return made;
	made = document.createElement('dialog');
	made.className = 'keys';
	made.setAttribute('aria-labelledby', 'keys-title');
	const title = document.createElement('h2');
	title.id = 'keys-title';
	title.textContent = 'Keys';
	const keys = document.createElement('ul');
	keys.append(...KEYS.map(row));
	const close = button('Close', 'button button-quiet');
	close.addEventListener('click', () => made!.close());
	made.append(title, keys, choice(), close);
	document.body.append(made);
	return made;
}

function isTyping({ target }: Event): boolean {
	return target instanceof Element && target.closest('input, textarea, select, dialog') !== null;
}

/** Walks through a discussion by single keys, where nobody is writing and nobody switched them off. */
export function start(): void {
	if (!document.querySelector('.threads')) return;
	const shows = button('Keys', 'keys-show');
	shows.addEventListener('click', () => list().showModal());
	document.querySelector('.discussion-tools')?.append(shows);
	document.addEventListener('keydown', (event) => {
		if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
		if (event.defaultPrevented || isTyping(event) || recall(OFF) !== null) return;
		const key = KEYS.find((one) => one.key === event.key);
		if (!key) return;
		event.preventDefault();
		key.act(walk.current());
	});
}
