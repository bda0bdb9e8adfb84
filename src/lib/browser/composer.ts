import { commentOf, onClick } from './dom.ts';
import * as passage from './passage.ts';

/** The page's composer, when there is one that takes words. */
export function composer(): HTMLFormElement | null {
	const form = document.querySelector<HTMLFormElement>('form.composer[data-place]');
	return form && !textOf(form).readOnly ? form : null;
}

/** The box of a composer. */
export function textOf(form: HTMLFormElement): HTMLTextAreaElement {
	return form.elements.namedItem('body') as HTMLTextAreaElement;
}

/** The id of the comment that a composer answers, or ''; one that edits answers none. */
export function parentOf(form: HTMLFormElement): string {
	return (form.elements.namedItem('parent') as HTMLInputElement | null)?.value ?? '';
}

function setReply(url: string, parent: string): string {
	const [address, hash] = url.replace(/&reply=\w*/, '').split('#');
	return `${address}${parent ? `&reply=${parent}` : ''}${hash ? `#${hash}` : ''}`;
}

function aim(form: HTMLFormElement, parent: string, name: string): void {
	(form.elements.namedItem('parent') as HTMLInputElement).value = parent;
	form.setAttribute('action', setReply(form.getAttribute('action')!, parent));
	const preview = form.querySelector('[formaction]')!;
	preview.setAttribute('formaction', setReply(preview.getAttribute('formaction')!, parent));
	form.querySelector('.label')!.textContent = parent ? `Reply to ${name}` : 'Write a comment';
	form.querySelector('.composer-cancel')?.remove();
	if (!parent) return;
	const cancel = document.createElement('a');
	cancel.className = 'composer-cancel';
	cancel.href = `${form.dataset.place}#composer`;
	cancel.textContent = 'Write a new comment instead';
	form.querySelector('.composer-head')!.append(cancel);
}

/** Moves the composer under a comment on this page and aims it there. */
export function replyTo(form: HTMLFormElement, comment: HTMLElement): void {
	aim(form, comment.dataset.commentId!, comment.querySelector('.author')?.textContent ?? '');
	comment.after(form);
}

function backToTop(form: HTMLFormElement): void {
	aim(form, '', '');
	document.querySelector('.discussion-head')!.after(form);
}

function focusEnd(form: HTMLFormElement): void {
	const text = textOf(form);
	text.focus();
	text.setSelectionRange(text.value.length, text.value.length);
	form.scrollIntoView({ block: 'nearest' });
}

/** The address that writes the Markdown of a quote: of a comment, or of the article that a link quotes. */
export function quoteAddress(link: HTMLAnchorElement): string {
	const comment = commentOf(link);
	return comment ? `/c/${comment.dataset.commentId}/quote` : `${new URL(link.href).pathname}/quote`;
}

/** The Markdown of a quote, as the server writes it. @throws when there is none for this reader */
export async function fetchQuote(address: string, passage: string): Promise<string> {
	const query = passage ? `?${new URLSearchParams({ passage })}` : '';
	const answer = await fetch(address + query);
	if (!answer.ok) throw new Error('no quote');
	return answer.text();
}

/** Puts Markdown at the end of what is being written. */
export function insert(form: HTMLFormElement, markdown: string): void {
	const text = textOf(form);
	text.value = text.value.trim() ? `${text.value.trimEnd()}\n\n${markdown}` : markdown;
	text.dispatchEvent(new Event('input', { bubbles: true }));
	focusEnd(form);
}

/** Puts the words of a comment or of the article, or the passage, into the composer. */
async function quote(form: HTMLFormElement, link: HTMLAnchorElement, words: string): Promise<void> {
	const markdown = await fetchQuote(quoteAddress(link), words);
	const comment = commentOf(link);
	if (comment && !textOf(form).value.trim() && !parentOf(form)) replyTo(form, comment);
	insert(form, markdown);
}

/** Reply, quote and cancel without a new page. */
export function start(): void {
	onClick('.acts a[href*="?reply="]', (link, event) => {
		const form = composer();
		if (!form) return;
		event.preventDefault();
		replyTo(form, commentOf(link)!);
		focusEnd(form);
	});
	onClick('.acts a[href*="quote="], a.quote-article', (target, event) => {
		const form = composer();
		if (!form) return;
		event.preventDefault();
		const link = target as HTMLAnchorElement;
		quote(form, link, passage.take(link)).catch(() => location.assign(link.href));
	});
	onClick('.composer-cancel', (_link, event) => {
		const form = composer();
		if (!form) return;
		event.preventDefault();
		backToTop(form);
		focusEnd(form);
	});
}
