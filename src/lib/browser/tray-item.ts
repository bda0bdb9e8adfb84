import type { Collected } from './collected.ts';
import { actButton } from './dom.ts';

/** What can be done with an entry, by its index. */
export interface Acts {
	edit: (index: number, words: string) => void;
	move: (index: number, to: number) => void;
	remove: (index: number) => void;
}

/** An entry of the collected quotes: who said it, its words to be trimmed, and where it goes. */
export function item(quote: Collected, index: number, count: number, acts: Acts): HTMLLIElement {
	const { name } = quote;
	const said = document.createElement('span');
	said.className = 'tray-said';
	said.textContent = `${name} said,`;
	const words = document.createElement('textarea');
	words.rows = 2;
	words.value = quote.words;
	words.ariaLabel = `Words of ${name} to quote`;
	words.addEventListener('input', (event) => {
		// What is typed here is no draft of a comment.
		event.stopPropagation();
		acts.edit(index, words.value);
	});
	const up = actButton('↑', () => acts.move(index, index - 1), {
		label: `Move the quote of ${name} up`
	});
	up.disabled = index === 0;
	const down = actButton('↓', () => acts.move(index, index + 1), {
		label: `Move the quote of ${name} down`
	});
	down.disabled = index === count - 1;
	const gone = actButton('✕', () => acts.remove(index), { label: `Remove the quote of ${name}` });
	const made = document.createElement('li');
	made.append(said, up, down, gone, words);
	return made;
}
