import { commentOf, fetchPage, onClick } from './dom.ts';
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

/** Puts a comment's words, or the passage, into the composer: the server writes the Markdown. */
export async function quote(href: string, comment: HTMLElement, words: string): Promise<void> {
	const form = composer()!;
	const url = new URL(href, location.href);
	if (words) url.searchParams.set('passage', words);
	const page = await fetchPage(url.href);
	const fresh = page.querySelector<HTMLTextAreaElement>('.composer [name=body]');
	if (!fresh) throw new Error('no composer');
	const text = textOf(form);
	if (!text.value.trim() && !parentOf(form)) replyTo(form, comment);
	text.value = text.value.trim() ? `${text.value.trimEnd()}\n\n${fresh.value}` : fresh.value;
	text.dispatchEvent(new Event('input', { bubbles: true }));
	focusEnd(form);
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
	onClick('.acts a[href*="?quote="]', (link, event) => {
		if (!composer()) return;
		event.preventDefault();
		const { href } = link as HTMLAnchorElement;
		const comment = commentOf(link)!;
		quote(href, comment, passage.take(comment)).catch(() => location.assign(href));
	});
	onClick('.composer-cancel', (_link, event) => {
		const form = composer();
		if (!form) return;
		event.preventDefault();
		backToTop(form);
		focusEnd(form);
	});
}
