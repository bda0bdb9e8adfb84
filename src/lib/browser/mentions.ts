import { on } from './dom.ts';
import { replace } from './insert.ts';

const MOST_SHOWN = 6;
// Up to where the box is written in: an "@" at a word's beginning, and what may be a name's.
const BEGUN = /(?:^|[\s(])@([\p{L}\p{N}][\p{L}\p{M}\p{N} .'_-]{0,29}|)$/u;

const list = document.createElement('ul');
list.id = 'mentions';
list.className = 'mentions';
list.setAttribute('role', 'listbox');
list.setAttribute('aria-label', 'People in this discussion');

const known = new Map<string, Promise<string[]>>();

function shown(): string[] {
	const authors = document.querySelectorAll('.comment .author');
	return [...authors].map((author) => author.textContent.trim());
}

/** Those who take part: on this page first, then what the server knows. Asked for once. */
function people(place: string): Promise<string[]> {
	let asked = known.get(place);
	if (!asked) {
		asked = fetch(`${place}/people`)
			.then((answer) => answer.json() as Promise<{ people: string[] }>)
			.then((answer) => [...new Set([...shown(), ...answer.people])])
			.catch(shown);
		known.set(place, asked);
	}
	return asked;
}

/** The name that is being written, without its "@"; null where none is. */
function begun(text: HTMLTextAreaElement): string | null {
	if (text.selectionStart !== text.selectionEnd) return null;
	return BEGUN.exec(text.value.slice(0, text.selectionEnd))?.[1] ?? null;
}

function close(text: HTMLTextAreaElement): void {
	list.remove();
	for (const name of ['role', 'aria-expanded', 'aria-controls', 'aria-activedescendant']) {
		text.removeAttribute(name);
	}
}

function choose(text: HTMLTextAreaElement, name: string): void {
	const end = text.selectionEnd;
	replace(text, `@${name} `, end - begun(text)!.length - 1, end);
	close(text);
}

function mark(text: HTMLTextAreaElement, option: Element): void {
	for (const other of list.children) other.setAttribute('aria-selected', String(other === option));
	text.setAttribute('aria-activedescendant', option.id);
}

function optionFor(text: HTMLTextAreaElement, name: string, index: number): HTMLElement {
	const option = document.createElement('li');
	option.id = `mention-${index}`;
	option.textContent = name;
	option.setAttribute('role', 'option');
	// The press must not take the focus from the box.
	option.addEventListener('pointerdown', (event) => event.preventDefault());
	option.addEventListener('click', () => choose(text, name));
	return option;
}

async function offer(text: HTMLTextAreaElement): Promise<void> {
	const start = begun(text);
	const place = text.form?.dataset.place;
	if (start === null || !place) return close(text);
	const all = await people(place);
	// What was typed while the names were on their way counts.
	if (begun(text) !== start) return;
	const wanted = start.toLowerCase();
	const names = all.filter((name) => name.toLowerCase().startsWith(wanted)).slice(0, MOST_SHOWN);
	if (names.length === 0) return close(text);
	list.replaceChildren(...names.map((name, index) => optionFor(text, name, index)));
	text.after(list);
	text.setAttribute('role', 'combobox');
	text.setAttribute('aria-expanded', 'true');
	text.setAttribute('aria-controls', list.id);
	mark(text, list.firstElementChild!);
}

function step(text: HTMLTextAreaElement, way: 'next' | 'previous'): void {
	const now = list.querySelector('[aria-selected=true]')!;
	const [beside, end] =
		way === 'next'
			? [now.nextElementSibling, list.firstElementChild]
			: [now.previousElementSibling, list.lastElementChild];
	mark(text, (beside ?? end)!);
}

/** Completes the names of people in the discussion after an "@". */
export function start(): void {
	on('input', '.composer [name=body]', (text) => void offer(text as HTMLTextAreaElement));
	on('focusout', '.composer [name=body]', (text) => close(text as HTMLTextAreaElement));
	on('keydown', '.composer [name=body]', (target, event) => {
		const text = target as HTMLTextAreaElement;
		if (!list.isConnected || event.isComposing) return;
		if (event.key === 'ArrowDown') step(text, 'next');
		else if (event.key === 'ArrowUp') step(text, 'previous');
		else if (event.key === 'Escape') close(text);
		else if (event.key === 'Enter' || event.key === 'Tab') {
			choose(text, list.querySelector('[aria-selected=true]')!.textContent);
		} else return;
		event.preventDefault();
	});
}
