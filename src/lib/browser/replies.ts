import { commentById, descendants, fetchPage, onClick } from './dom.ts';
import * as fold from './fold.ts';
import * as times from './times.ts';

/** Puts a reply after its parent and what hangs on it already; else at the thread's end. */
function place(thread: Element, link: Element, reply: HTMLElement): void {
	const parent = reply.dataset.parent ? commentById(reply.dataset.parent) : null;
	if (!parent || parent.parentElement !== thread) {
		link.before(reply);
		return;
	}
	const last = descendants(parent).at(-1) ?? parent;
	last.after(reply);
}

async function show(link: HTMLAnchorElement): Promise<void> {
	const thread = link.closest('.thread')!;
	const page = await fetchPage(link.href);
	const fresh = page.querySelector('.thread');
	if (!fresh) throw new Error('no thread');
	const replies = [...fresh.querySelectorAll<HTMLElement>('.comment')].filter(
		(reply) => !commentById(reply.dataset.commentId!)
	);
	for (const reply of replies) place(thread, link, reply);
	const more = fresh.querySelector('.more-replies');
	if (more) link.replaceWith(more);
	else link.remove();
	fold.addButtons();
	times.refresh();
	const first = replies[0]?.querySelector<HTMLElement>('a[href]');
	first?.focus({ preventScroll: true });
}

/** Opens the rest of a thread in its place. */
export function start(): void {
	onClick('.more-replies', (target, event) => {
		const link = target as HTMLAnchorElement;
		event.preventDefault();
		if (link.ariaBusy) return;
		link.ariaBusy = 'true';
		show(link).catch(() => location.assign(link.href));
	});
}
