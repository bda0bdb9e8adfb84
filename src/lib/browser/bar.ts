const bar = document.createElement('div');
bar.className = 'live-bar';
// It is there before it says something, so that screen readers hear it.
bar.setAttribute('role', 'status');

function link(words: string, href: string): HTMLAnchorElement {
	const made = document.createElement('a');
	made.textContent = words;
	made.href = href;
	return made;
}

/** Shows these parts at the foot of the window, over the page and without moving it; none hides it. */
export function show(...parts: (string | HTMLElement)[]): void {
	bar.replaceChildren(...parts);
}

/** Says something, with an address to go on to if there is one. */
export function say(words: string, next = '', href = ''): void {
	show(`${words} `, ...(next ? [link(next, href)] : []));
}

/** Says something to those who listen to the page instead of looking at it. */
export function whisper(words: string): void {
	const said = document.createElement('p');
	said.className = 'visually-hidden';
	said.textContent = words;
	bar.append(said);
}

/** Puts the bar, empty, into the page. */
export function start(): void {
	document.querySelector('.discussion')?.append(bar);
}

export { link };
