import { button, commentById, commentOf, on, onClick } from './dom.ts';
import * as walk from './walk.ts';

/** Where the reader came from, the last place at the end. */
const trail: HTMLElement[] = [];

const back = button('Back', 'jump-back');
back.title = 'Back to where you came from';

/** Goes to a comment that offers the way back, as long as there is one. */
function goTo(comment: HTMLElement): void {
	walk.to(comment);
	back.remove();
	if (trail.length > 0) (comment.querySelector('.comment-head') ?? comment).append(back);
}

/** Goes to a comment and remembers where from. */
function from(origin: HTMLElement, target: HTMLElement): void {
	trail.push(origin);
	goTo(target);
}

/** Goes to the comment that one answers; to its own page where it is not on this one. */
export function toParent(comment: HTMLElement): void {
	const { parent } = comment.dataset;
	if (!parent) return;
	const target = commentById(parent);
	if (target) from(comment, target);
	else location.assign(`/c/${parent}`);
}

/** Goes back to where the reader last came from. */
export function goBack(): void {
	const origin = trail.pop();
	if (origin?.isConnected) goTo(origin);
}

/** Gives each reply whose parent is not right above it, and has none yet, a link to it. */
export function addLinks(): void {
	for (const reply of document.querySelectorAll<HTMLElement>('.thread .comment[data-parent]')) {
		const { parent } = reply.dataset;
		const above = reply.previousElementSibling as HTMLElement | null;
		const isNear = above?.dataset.commentId === parent;
		if (isNear || reply.querySelector('.to-parent') || !commentById(parent!)) continue;
		const link = document.createElement('a');
		link.className = 'to-parent';
		link.href = `#c-${parent}`;
		link.textContent = '↑';
		link.title = 'To the comment it answers';
		link.setAttribute('aria-label', link.title);
		reply.querySelector('.permalink')?.before(link);
	}
}

/** Leads from a reply or a quote to the comment it is about, and back. */
export function start(): void {
	addLinks();
	// A quote's source, or the comment that is answered, may be on this page.
	onClick('.said a[href^="/c/"], a.replying, a.to-parent', (link, event) => {
		const id = /(?:^\/c\/|^#c-)(\w+)$/.exec(link.getAttribute('href')!)?.[1] ?? '';
		const [origin, target] = [commentOf(link), commentById(id)];
		if (!origin || !target) return;
		event.preventDefault();
		// The address names it, so that it can be shared, and the browser's own way back works too.
		location.hash = target.id;
		from(origin, target);
	});
	on('click', '.jump-back', goBack);
}
