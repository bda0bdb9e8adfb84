import { fetchPage, onClick } from '../dom.ts';

/** A thread to be read, of a page that has it: without acts, and without ids that stand here already. */
function readable(page: Document, id: string): HTMLElement | null {
	const thread = page.getElementById(`c-${id}`)?.closest<HTMLElement>('.thread');
	if (!thread) return null;
	for (const part of thread.querySelectorAll('form, .acts, script')) part.remove();
	for (const part of [thread, ...thread.querySelectorAll<HTMLElement>('[id]')]) {
		part.classList.toggle('addressed', part.id === `c-${id}`);
		part.removeAttribute('id');
		part.removeAttribute('autofocus');
	}
	return thread;
}

/** Shows the thread around a case in it, or puts it away; where that fails, goes there. */
async function toggle(link: HTMLAnchorElement): Promise<void> {
	const matter = link.closest('.case')!.querySelector('.case-matter')!;
	const shown = matter.querySelector('.case-thread');
	link.ariaExpanded = String(!shown);
	if (shown) return shown.remove();
	const thread = readable(await fetchPage(link.href), link.dataset.thread!);
	if (!thread) return location.assign(link.href);
	const box = document.createElement('div');
	box.className = 'case-thread panel';
	box.append(thread);
	matter.querySelector('.comment')!.after(box);
}

/** Brings threads to where their comments are decided about. */
export function start(): void {
	onClick('.case a[data-thread]', (target, event) => {
		event.preventDefault();
		const link = target as HTMLAnchorElement;
		toggle(link).catch(() => location.assign(link.href));
	});
}
