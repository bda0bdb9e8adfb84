let last: HTMLElement | null = null;
const arriving: ((item: HTMLElement) => void)[] = [];

/** The element of the page that the queue stands in. */
export function queue(): HTMLElement {
	return document.querySelector<HTMLElement>('[data-queue]')!;
}

/** All cases of the page. */
export function every(): HTMLElement[] {
	return [...document.querySelectorAll<HTMLElement>('.case')];
}

/** The cases that wait and can be seen, in order. */
export function waiting(): HTMLElement[] {
	return every().filter((item) => !item.matches('.decided') && item.checkVisibility());
}

/** The case of a comment. */
export function byId(id: string): HTMLElement | null {
	return document.getElementById(`w-${id}`);
}

/** The case that somebody is at: the one with the focus, or that had it last. */
export function current(): HTMLElement | null {
	const focused = document.activeElement?.closest<HTMLElement>('.case');
	if (focused) return focused;
	return last?.isConnected ? last : null;
}

/** Calls back whenever somebody comes to a case. */
export function onArrival(act: (item: HTMLElement) => void): void {
	arriving.push(act);
}

/** Goes to a case. */
export function to(item: HTMLElement): void {
	for (const one of every()) one.classList.toggle('at', one === item);
	last = item;
	item.tabIndex = -1;
	item.focus({ preventScroll: true });
	item.scrollIntoView({ block: 'nearest' });
	for (const act of arriving) act(item);
}

/** The next case from here that nobody else looks at, else the next; null at the end. */
export function beyond(from: HTMLElement | null, by: 1 | -1): HTMLElement | null {
	const all = waiting();
	const side = by === 1 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
	const ahead = all.filter((item) => !from || from.compareDocumentPosition(item) & side);
	if (by === -1) ahead.reverse();
	return ahead.find((item) => !item.dataset.claimed) ?? ahead[0] ?? null;
}
