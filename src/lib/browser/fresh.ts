import { keep, recall } from './storage.ts';

function mark(comment: HTMLElement): void {
	const word = document.createElement('span');
	word.className = 'mark';
	word.textContent = 'New';
	comment.classList.add('fresh');
	comment.querySelector('.comment-head time')?.before(word);
}

/** Marks what was written since this browser last showed the article. */
export function start(): void {
	if (!document.querySelector('.discussion')) return;
	const key = `seen:${location.pathname}`;
	const last = Number(recall(key));
	if (last) {
		for (const comment of document.querySelectorAll<HTMLElement>('.threads .comment:not(.own)')) {
			const time = comment.querySelector('time');
			if (time && Date.parse(time.dateTime) > last) mark(comment);
		}
	}
	keep(key, String(Date.now()));
}
