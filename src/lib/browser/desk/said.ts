import { link } from '../bar.ts';

const bar = document.createElement('div');
bar.className = 'live-bar';
const said = document.createElement('p');
said.className = 'visually-hidden';
// It is there before it says something, so that screen readers hear it.
said.setAttribute('role', 'status');

/** Says something to those who listen to the page instead of looking at it. */
export function say(words: string): void {
	said.textContent = words;
}

/** Shows at the foot of the window that there is more to see; '' shows nothing. */
export function offer(words: string): void {
	if (bar.textContent === words) return;
	bar.replaceChildren(...(words ? [link(words, location.pathname + address())] : []));
	if (words) say(words);
}

/** The first page of this part of the queue. */
function address(): string {
	const tab = new URLSearchParams(location.search).get('tab');
	return tab ? `?tab=${tab}` : '';
}

/** Puts both, silent, into the page. */
export function start(): void {
	document.querySelector('[data-queue]')!.append(bar, said);
}
