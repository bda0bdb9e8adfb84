import * as collected from './collected.ts';
import type { Collected } from './collected.ts';
import { composer, fetchQuote, insert, quoteAddress } from './composer.ts';
import { commentOf, actButton, on } from './dom.ts';
import { item } from './tray-item.ts';

const tray = document.createElement('section');
tray.className = 'tray';
tray.setAttribute('aria-label', 'Collected quotes');
const list = document.createElement('ol');
const note = document.createElement('p');
note.setAttribute('role', 'status');
const opener = actButton('', open, { className: 'tray-opener' });

/** The article for which this page's quotes are collected: its composer's, or that of its comments. */
function placeOfPage(): string | null {
	const { place } = composer()?.dataset ?? {};
	if (place) return place;
	const link = document.querySelector<HTMLAnchorElement>('.acts a[href*="quote="]');
	return link && new URL(link.href).pathname;
}

function counted(count: number): string {
	return count === 1 ? '1 quote' : `${count} quotes`;
}

/** Keeps the list and shows it; `focus` is the index of the entry that had the focus. */
function change(place: string, quotes: Collected[], focus?: number): void {
	collected.set(place, quotes);
	refresh();
	if (focus === undefined) return;
	const entry = list.children[Math.min(focus, list.children.length - 1)];
	(
		entry?.querySelector('textarea') ?? document.querySelector<HTMLElement>('#composer-body')
	)?.focus();
}

async function insertAll(place: string): Promise<void> {
	const form = composer();
	if (!form) return;
	const left: Collected[] = [];
	let markdown = '';
	for (const quote of collected.of(place)) {
		const passage = quote.words === quote.whole ? '' : quote.words;
		try {
			markdown += await fetchQuote(quote.address, passage);
		} catch {
			left.push(quote);
		}
	}
	if (markdown) insert(form, markdown);
	change(place, left);
	note.textContent = left.length > 0 ? 'These cannot be quoted now.' : '';
}

function show(place: string, form: HTMLFormElement, quotes: Collected[]): void {
	const acts = {
		edit(index: number, words: string) {
			collected.set(place, quotes.with(index, { ...quotes[index], words }));
			quotes = collected.of(place);
		},
		move(index: number, to: number) {
			const moved = quotes.toSpliced(index, 1);
			change(place, moved.toSpliced(to, 0, quotes[index]), to);
		},
		remove(index: number) {
			change(place, quotes.toSpliced(index, 1), index);
		}
	};
	list.replaceChildren(...quotes.map((quote, index) => item(quote, index, quotes.length, acts)));
	const className = 'button button-quiet';
	const button = actButton('Insert', () => insertAll(place), { className });
	tray.replaceChildren(list, note, button);
	if (!tray.isConnected) form.querySelector('.composer-head')!.after(tray);
}

function refresh(): void {
	const place = placeOfPage();
	const quotes = place ? collected.of(place) : [];
	const form = composer();
	if (place && form && quotes.length > 0) show(place, form, quotes);
	else tray.remove();
	opener.textContent = counted(quotes.length);
	if (quotes.length > 0) document.querySelector('main')?.append(opener);
	else opener.remove();
}

function open(): void {
	const place = placeOfPage();
	if (!tray.isConnected) {
		if (place) location.assign(`${place}#composer`);
		return;
	}
	tray.scrollIntoView({ block: 'center' });
	tray.querySelector('textarea')?.focus({ preventScroll: true });
}

/** All that a comment says itself, or the beginning of the article, as its page shows it. */
function wholeOf(link: HTMLElement): string {
	const body = commentOf(link)?.querySelector('.comment-body');
	if (!body)
		return document.querySelector('.standfirst, .article-body p')?.textContent?.trim() ?? '';
	const own = body.cloneNode(true) as Element;
	for (const quote of own.querySelectorAll('.quote')) quote.remove();
	return own.textContent?.trim().replace(/\n\s+/g, '\n') ?? '';
}

/** Adds what a link quotes to the collected quotes: the passage, or all of it. */
export function collect(link: HTMLAnchorElement, passage = ''): void {
	const place = new URL(link.href).pathname;
	const whole = passage ? '' : wholeOf(link);
	const name = commentOf(link)?.querySelector('.author')?.textContent ?? 'The article';
	const quote = { address: quoteAddress(link), name, words: passage || whole, whole };
	change(place, [...collected.of(place), quote]);
}

/** Puts a button beside each link that quotes a comment and has none yet. */
function addButtons(): void {
	const links = '.acts a[href*="quote="]:not(:has(+ .add-quote))';
	for (const link of document.querySelectorAll<HTMLAnchorElement>(links)) {
		const name = commentOf(link)?.querySelector('.author')?.textContent ?? '';
		const label = `Add the comment of ${name} to quotes`;
		link.after(actButton('+', () => collect(link), { label, className: 'add-quote' }));
	}
}

/** Collects quotes for one comment; they outlive the page. */
export function start(): void {
	addButtons();
	refresh();
	// Comments come later too.
	const discussion = document.querySelector('.threads');
	if (discussion)
		new MutationObserver(addButtons).observe(discussion, { childList: true, subtree: true });
	new IntersectionObserver(([{ isIntersecting }]) => (opener.hidden = isIntersecting)).observe(
		tray
	);
	addEventListener('storage', refresh);
	// The next person at this machine need not find them.
	on('submit', 'form[action="/sign-out"]', collected.forget);
}
