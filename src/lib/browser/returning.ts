import { commentById } from './dom.ts';
import * as replies from './replies.ts';

/** How a reader left a page, as its entry in the browser's history keeps it. */
interface Left {
	/** How often more replies of each thread were opened in their place, by the root's id. */
	opened: Record<string, number>;
	/** The comment at the top of the window, and how far below the window's top it began, in pixels. */
	at: { id: string; top: number } | null;
}

function atTop(): Left['at'] {
	for (const comment of document.querySelectorAll<HTMLElement>('.comment')) {
		const { top, bottom } = comment.getBoundingClientRect();
		if (bottom > 0 && comment.checkVisibility()) return { id: comment.dataset.commentId!, top };
	}
	return null;
}

function remember(): void {
	const opened = replies.opened();
	// Where nothing was opened, the browser finds the place by itself.
	if (Object.keys(opened).length === 0) return;
	const left: Left = { opened, at: atTop() };
	history.replaceState({ ...(history.state as object | null), left }, '');
}

async function restore({ opened, at }: Left): Promise<void> {
	for (const [root, times] of Object.entries(opened)) {
		for (let time = 0; time < times; time++) await replies.openMore(root);
	}
	const comment = at && commentById(at.id);
	if (comment) scrollBy({ top: comment.getBoundingClientRect().top - at.top, behavior: 'instant' });
}

/** Brings a reader who comes back to a page by the browser's history to the same place in it. */
export function start(): void {
	const { left } = (history.state ?? {}) as { left?: Left };
	const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
	if (left && visit?.type !== 'navigate') void restore(left).catch(() => {});
	addEventListener('pagehide', remember);
}
