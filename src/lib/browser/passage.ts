import { commentOf, actButton, on } from './dom.ts';
import * as tray from './tray.ts';

const SOURCES = '.comment-body, .article-body, .standfirst';
/** The links that quote a comment, or the article. */
const QUOTE_LINKS = '.acts a[href*="quote="], a.quote-article';

// Of words in any script so many go into an address; the form has room for more.
const WORDS_IN_ADDRESS = 600;

let pressed = '';

/** What is selected: words within one comment, or within the article (its `main`), and the link that quotes that. */
interface Selected {
	source: HTMLElement;
	words: string;
	range: Range;
}

function selected(): Selected | null {
	const selection = getSelection();
	if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
	const range = selection.getRangeAt(0);
	const inside = range.commonAncestorContainer;
	const element = inside instanceof Element ? inside : inside.parentElement;
	const body = element?.closest(SOURCES);
	const source = body && sourceOf(body);
	const words = selection.toString().trim();
	return source && words ? { source, words, range } : null;
}

/** What an element belongs to, or quotes: its comment, else the page with its article. */
function sourceOf(element: Element): HTMLElement | null {
	return commentOf(element) ?? element.closest<HTMLElement>('main');
}

/** The link that quotes a source; null where nobody may quote it. */
function quoteLinkOf(source: HTMLElement): HTMLAnchorElement | null {
	const isComment = source.matches('.comment');
	const links = isComment ? '.acts a[href*="quote="]' : 'a.quote-article';
	return source.querySelector<HTMLAnchorElement>(links);
}

/** The words selected in what a link quotes, also those that a press on it has just let go; else ''. */
export function take(link: HTMLElement): string {
	const now = selected();
	const words = now?.source === sourceOf(link) ? now.words : pressed;
	pressed = '';
	return words;
}

/** The address of selected words: of a comment's, or of the article's. */
function addressOf({ source, words }: Selected): string {
	const { commentId } = source.dataset;
	const url = new URL(commentId ? `/c/${commentId}` : location.pathname, location.href);
	return `${url.href}#:~:text=${encodeURIComponent(words)}`;
}

/** The link that reports a problem with the article that a source is; null for a comment. */
function reportLinkOf(source: HTMLElement): HTMLAnchorElement | null {
	if (source.matches('.comment')) return null;
	return source.querySelector<HTMLAnchorElement>('a.report-problem');
}

/** The words as far as they go into an address, not cut within one. */
function inAddress(words: string): string {
	if (words.length <= WORDS_IN_ADDRESS) return words;
	return words.slice(0, WORDS_IN_ADDRESS).replace(/\s+\S*$/, '');
}

/** Opens the form of a problem with the words, and the key of the paragraph that they begin in. */
function report(
	link: HTMLAnchorElement,
	{ words, range: { startContainer: start } }: Selected
): void {
	const element = start instanceof Element ? start : start.parentElement;
	const passage = element?.closest('[id^="p-"]')?.id.slice('p-'.length) ?? '';
	const query = new URLSearchParams({ passage, words: inAddress(words) });
	location.assign(`${link.href}?${query}`);
}

const bar = document.createElement('div');
bar.className = 'passage-bar';
bar.setAttribute('role', 'toolbar');
bar.setAttribute('aria-label', 'Selected passage');
// A press must not let go of the selection.
bar.addEventListener('pointerdown', (event) => event.preventDefault());

function button(words: string, act: () => unknown): HTMLButtonElement {
	return actButton(words, () => {
		act();
		bar.remove();
	});
}

function refresh(): void {
	const now = selected();
	const quote = now && quoteLinkOf(now.source);
	const problem = now && reportLinkOf(now.source);
	if (!quote && !problem) {
		bar.remove();
		return;
	}
	const quoting = quote && [
		button('Quote', () => quote.click()),
		button('Add to quotes', () => tray.collect(quote, now.words))
	];
	const copy = () => void navigator.clipboard?.writeText(addressOf(now));
	bar.replaceChildren(
		...(quoting ?? []),
		button('Copy link to passage', copy),
		...(problem ? [button('Report a problem', () => report(problem, now))] : [])
	);
	const place = now.range.getBoundingClientRect();
	document.querySelector('main')!.append(bar);
	const left = Math.min(place.left, innerWidth - bar.offsetWidth - 8);
	bar.style.setProperty('left', `${Math.max(8, left) + scrollX}px`);
	bar.style.setProperty('top', `${place.bottom + scrollY + 8}px`);
}

/** Remembers what was selected, and offers to quote it. */
export function start(): void {
	on('pointerdown', QUOTE_LINKS, (quote) => {
		const now = selected();
		pressed = now && now.source === sourceOf(quote) ? now.words : '';
	});
	let waiting: ReturnType<typeof setTimeout>;
	document.addEventListener('selectionchange', () => {
		clearTimeout(waiting);
		waiting = setTimeout(refresh, 250);
	});
	// The words may stand elsewhere now.
	addEventListener('resize', refresh);
}
