import { button, on } from './dom.ts';
import { keep, recall } from './storage.ts';
import * as walk from './walk.ts';

/** A visit goes on, reloads and all, until nobody was here for so long (milliseconds). */
const PAUSE = 30 * 60_000;

/** What is kept about an article: what is written after `since` is new; the reader was here until `at`. */
interface Visits {
	since: number;
	at: number;
}

const next = button('', 'next-new');

function visitsOf(key: string): Visits {
	const now = Date.now();
	const { since, at } = JSON.parse(recall(key) ?? '{}') as Partial<Visits>;
	// Nothing is new to whoever is here for the first time.
	if (!since || !at) return { since: now, at: now };
	return { since: now - at > PAUSE ? at : since, at: now };
}

/** The comments that are marked as new, in reading order. */
function marked(): HTMLElement[] {
	return [...document.querySelectorAll<HTMLElement>('.threads .fresh')];
}

/** Offers the way through what is new, and says how much it is. */
export function offer(): void {
	const count = marked().length;
	next.textContent = `Next new (${count})`;
	if (count === 0) next.remove();
	else document.querySelector('.discussion-tools')?.prepend(next);
}

/** Marks a comment as new, with a word. */
export function mark(comment: HTMLElement): void {
	const time = comment.querySelector('.comment-head time');
	if (!time || comment.querySelector('.mark-new')) return;
	const word = document.createElement('span');
	word.className = 'mark mark-new';
	word.textContent = 'New';
	comment.classList.add('fresh');
	time.before(word);
}

/** Goes to the next new comment; after the last one to the first. */
export function goToNext(): void {
	const comment = walk.after(marked());
	if (comment) walk.to(comment);
}

/** Marks what was written since the last visit of this browser, and leads through it. */
export function start(): void {
	if (!document.querySelector('.discussion')) return;
	const key = `seen:${location.pathname}`;
	const visits = visitsOf(key);
	for (const comment of document.querySelectorAll<HTMLElement>('.threads .comment:not(.own)')) {
		const time = comment.querySelector('time');
		if (time && Date.parse(time.dateTime) > visits.since) mark(comment);
	}
	keep(key, JSON.stringify(visits));
	addEventListener('pagehide', () => keep(key, JSON.stringify({ ...visits, at: Date.now() })));
	document.querySelector('.first-new')?.remove();
	offer();
	on('click', '.next-new', goToNext);
}
