/** Runs `act` for events on elements that match, now or later on the page. */
export function on<Type extends keyof DocumentEventMap>(
	type: Type,
	selector: string,
	act: (target: HTMLElement, event: DocumentEventMap[Type]) => unknown
): void {
	document.addEventListener(type, (event) => {
		const target = event.target instanceof Element && event.target.closest<HTMLElement>(selector);
		if (target) act(target, event);
	});
}

/** As `on('click')`, but a click that opens a new tab or window is left alone. */
export function onClick(
	selector: string,
	act: (target: HTMLElement, event: MouseEvent) => unknown
): void {
	on('click', selector, (target, event) => {
		if (event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)) {
			act(target, event);
		}
	});
}

/** Whoever was told of a change by one process must not get an older page from another one. */
const HEADERS = { accept: 'text/html', 'cache-control': 'no-cache' };

/** A page of this site as a document. @throws when it cannot be fetched */
export async function fetchPage(url: string, init: RequestInit = {}): Promise<Document> {
	const answer = await fetch(url, { ...init, headers: HEADERS });
	return new DOMParser().parseFromString(await answer.text(), 'text/html');
}

/** The comment that an element belongs to. */
export function commentOf(element: Element): HTMLElement | null {
	return element.closest<HTMLElement>('.comment');
}

/** The element of a comment on this page. */
export function commentById(id: string): HTMLElement | null {
	return document.getElementById(`c-${id}`);
}

/** How far a comment is indented, from 0 to 5. */
export function indentOf(comment: Element): number {
	return Number(/indent-(\d)/.exec(comment.className)?.[1] ?? 0);
}

/**
 * The comments that hang on a comment: those after it, in reading order, that answer it or one of
 * them. The indentation does not tell, because it ends somewhere.
 */
export function descendants(comment: HTMLElement): HTMLElement[] {
	const found: HTMLElement[] = [];
	const ids = new Set([comment.dataset.commentId]);
	for (let next = comment.nextElementSibling; next; next = next.nextElementSibling) {
		if (!(next instanceof HTMLElement) || !next.matches('.comment')) continue;
		const { parent = '', commentId } = next.dataset;
		// What answers a comment that is not shown hangs where it seems to.
		const hangs = commentById(parent) ? ids.has(parent) : indentOf(next) > indentOf(comment);
		if (!hangs) break;
		ids.add(commentId);
		found.push(next);
	}
	return found;
}

/** The discussion on this page, if it is an article's. */
export function discussion(): HTMLElement | null {
	return document.querySelector<HTMLElement>('.discussion[data-live]');
}

/** Waits. */
export function pause(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** A button with these words. */
export function button(words: string, className: string): HTMLButtonElement {
	const made = document.createElement('button');
	made.type = 'button';
	made.className = className;
	made.textContent = words;
	return made;
}

/** A button that does something; `label` where its words do not say enough. */
export function actButton(
	words: string,
	act: () => unknown,
	{ label = words, className = '' } = {}
): HTMLButtonElement {
	const made = button(words, className);
	if (label !== words) made.ariaLabel = label;
	made.addEventListener('click', act);
	return made;
}
