import { button } from './dom.ts';
import { keep, recall } from './storage.ts';

/** A key that does something on a page. */
export interface Key {
	key: string;
	/** What it does, in the list of keys; '' where another key's line says so. */
	does: string;
	act(): void;
}

/** Single keys may be in the way of those who speak to their computer (WCAG 2.1.4). */
const OFF = 'keys-off';

function row({ key, does }: Pick<Key, 'key' | 'does'>): HTMLElement {
	const made = document.createElement('li');
	const cap = document.createElement('kbd');
	cap.textContent = key;
	made.append(cap, ` ${does}`);
	return made;
}

/** Lets the page say on its buttons which keys they have, while they have them. */
function show(): void {
	document.documentElement.classList.toggle('keys-on', recall(OFF) === null);
}

/** The box that switches the keys on and off. */
function choice(): HTMLElement {
	const label = document.createElement('label');
	const box = document.createElement('input');
	box.type = 'checkbox';
	box.checked = recall(OFF) === null;
	box.addEventListener('change', () => {
		keep(OFF, box.checked ? null : 'yes');
		show();
	});
	label.append(box, ' Use these keys');
	return label;
}

function listOf(keys: readonly Key[]): HTMLDialogElement {
	const made = document.createElement('dialog');
	made.className = 'keys';
	made.setAttribute('aria-labelledby', 'keys-title');
	const title = document.createElement('h2');
	title.id = 'keys-title';
	title.textContent = 'Keys';
	const rows = document.createElement('ul');
	rows.append(...keys.filter(({ does }) => does).map(row), row({ key: '?', does: 'This list' }));
	const close = button('Close', 'button button-quiet');
	close.addEventListener('click', () => made.close());
	made.append(title, rows, choice(), close);
	document.body.append(made);
	return made;
}

function isTyping({ target }: Event): boolean {
	return target instanceof Element && target.closest('input, textarea, select, dialog') !== null;
}

/** Listens to single keys, where nobody is writing and nobody switched them off; a button in `tools` lists them. */
export function listen(keys: readonly Key[], tools: Element | null): void {
	let list: HTMLDialogElement | undefined;
	const open = () => (list ??= listOf(keys)).showModal();
	const shows = button('Keys', 'keys-show');
	shows.addEventListener('click', open);
	tools?.append(shows);
	show();
	document.addEventListener('keydown', (event) => {
		if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
		if (event.defaultPrevented || isTyping(event) || recall(OFF) !== null) return;
		const act = event.key === '?' ? open : keys.find((one) => one.key === event.key)?.act;
		if (!act) return;
		event.preventDefault();
		act();
	});
}
