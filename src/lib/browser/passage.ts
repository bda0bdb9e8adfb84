import { button as plainButton, commentOf, on } from './dom.ts';

let pressed = '';

/** The comment whose words are selected, and the words: all of them within one body. */
function selected(): { comment: HTMLElement; words: string; range: Range } | null {
	const selection = getSelection();
	if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
	const range = selection.getRangeAt(0);
	const inside = range.commonAncestorContainer;
	const element = inside instanceof Element ? inside : inside.parentElement;
	const body = element?.closest('.comment-body');
	const comment = body && commentOf(body);
	const words = selection.toString().trim();
	return comment && words ? { comment, words, range } : null;
}

/** The words selected in a comment, also those that a press on a link has just let go; else ''. */
export function take(comment: HTMLElement): string {
	const now = selected();
	const words = now?.comment === comment ? now.words : pressed;
	pressed = '';
	return words;
}

function link(comment: HTMLElement, words: string): string {
	const url = new URL(`/c/${comment.dataset.commentId}`, location.href);
	return `${url.href}#:~:text=${encodeURIComponent(words)}`;
}

function button(words: string, act: () => unknown): HTMLButtonElement {
	const made = plainButton(words, '');
	// The press must not let go of the selection.
	made.addEventListener('pointerdown', (event) => event.preventDefault());
	made.addEventListener('click', act);
	return made;
}

const bar = document.createElement('div');
bar.className = 'passage-bar';
bar.setAttribute('role', 'toolbar');
bar.setAttribute('aria-label', 'Selected passage');

function refresh(): void {
	const now = selected();
	const quote = now?.comment.querySelector<HTMLAnchorElement>('.acts a[href*="?quote="]');
	if (!now || !quote) {
		bar.remove();
		return;
	}
	bar.replaceChildren(
		button('Quote', () => {
			quote.click();
			bar.remove();
		}),
		button('Copy link to passage', () => {
			void navigator.clipboard?.writeText(link(now.comment, now.words));
			bar.remove();
		})
	);
	const place = now.range.getBoundingClientRect();
	document.querySelector('main')!.append(bar);
	const left = Math.min(place.left, innerWidth - bar.offsetWidth - 8);
	bar.style.setProperty('left', `${Math.max(8, left) + scrollX}px`);
	bar.style.setProperty('top', `${place.bottom + scrollY + 8}px`);
}

/** Remembers what was selected, and offers to quote it. */
export function start(): void {
	on('pointerdown', '.acts a[href*="?quote="]', (quote) => {
		const now = selected();
		pressed = now && now.comment === commentOf(quote) ? now.words : '';
	});
	let waiting: ReturnType<typeof setTimeout>;
	document.addEventListener('selectionchange', () => {
		clearTimeout(waiting);
		waiting = setTimeout(refresh, 250);
	});
	// The words may stand elsewhere now.
	addEventListener('resize', refresh);
}
