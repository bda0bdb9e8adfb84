import { commentById, descendants, fetchPage, onClick } from './dom.ts';
import * as settle from './settle.ts';

/** Puts a reply after its parent and what hangs on it already; else at the end of what is shown of its thread. */
export function place(thread: Element, reply: HTMLElement): void {
	const parent = reply.dataset.parent ? commentById(reply.dataset.parent) : null;
	if (!parent || parent.parentElement !== thread) {
		const more = thread.querySelector('.more-replies');
		if (more) more.before(reply);
		else thread.append(reply);
		return;
	}
	const last = descendants(parent).at(-1) ?? parent;
	const next = last.nextElementSibling;
	// The composer stays under the comment that it answers.
	(next?.matches('form.composer') ? next : last).after(reply);
	reply.hidden = parent.hidden || parent.matches('.folded');
}

async function show(link: HTMLAnchorElement): Promise<void> {
	const thread = link.closest('.thread')!;
	const page = await fetchPage(link.href);
	const fresh = page.querySelector('.thread');
	if (!fresh) throw new Error('no thread');
	const replies = [...fresh.querySelectorAll<HTMLElement>('.comment')].filter(
		(reply) => !commentById(reply.dataset.commentId!)
	);
	for (const reply of replies) place(thread, reply);
	const more = fresh.querySelector('.more-replies');
	if (more) link.replaceWith(more);
	else link.remove();
	settle.comments();
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
