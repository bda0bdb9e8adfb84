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

/** Puts the replies that a link leads to in their place. @returns the first of them */
async function show(link: HTMLAnchorElement): Promise<HTMLElement | undefined> {
	const thread = link.closest<HTMLElement>('.thread')!;
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
	thread.dataset.opened = String(Number(thread.dataset.opened ?? 0) + 1);
	settle.comments();
	return replies[0];
}

/** How often more replies were opened in their place, by the ids of the threads' roots. */
export function opened(): Record<string, number> {
	const threads = document.querySelectorAll<HTMLElement>('.thread[data-opened]');
	return Object.fromEntries(
		[...threads].map(({ dataset }) => [dataset.thread!, Number(dataset.opened)])
	);
}

/** Opens more replies of a thread in their place; nothing where there are none. */
export async function openMore(root: string): Promise<void> {
	const link = `.thread[data-thread="${CSS.escape(root)}"] .more-replies`;
	const found = document.querySelector<HTMLAnchorElement>(link);
	if (found) await show(found);
}

/** Opens the rest of a thread in its place. */
export function start(): void {
	onClick('.more-replies', (target, event) => {
		const link = target as HTMLAnchorElement;
		event.preventDefault();
		if (link.ariaBusy) return;
		link.ariaBusy = 'true';
		show(link)
			.then((first) => first?.querySelector<HTMLElement>('a[href]')?.focus({ preventScroll: true }))
			.catch(() => location.assign(link.href));
	});
}
