import { on } from './dom.ts';
import { replace } from './insert.ts';

const ADDRESS = 'https://';

/** Puts marks around the selected words, or a pair of marks to write between. */
function surround(text: HTMLTextAreaElement, mark: string): void {
	const { selectionStart: from, selectionEnd: to, value } = text;
	replace(text, mark + value.slice(from, to) + mark);
	text.setSelectionRange(from + mark.length, to + mark.length);
}

/** Begins every line of the selection with a mark. */
function beginLines(text: HTMLTextAreaElement, mark: string): void {
	const { selectionStart: from, selectionEnd: to, value } = text;
	const start = value.lastIndexOf('\n', from - 1) + 1;
	replace(text, value.slice(start, to).replace(/^/gm, mark), start, to);
}

/** Makes the selected words a link, and selects its address to be replaced. */
function link(text: HTMLTextAreaElement): void {
	const { selectionStart: from, selectionEnd: to, value } = text;
	const words = value.slice(from, to) || 'words';
	replace(text, `[${words}](${ADDRESS})`);
	const address = from + words.length + '[]('.length;
	text.setSelectionRange(address, address + ADDRESS.length);
}

/** What a box's text can be given, by its key with Ctrl or ⌘ (some with Shift). */
const FORMATS = [
	{ name: 'Bold', keys: 'B', code: 'KeyB', shift: false, act: (text) => surround(text, '**') },
	{ name: 'Italic', keys: 'I', code: 'KeyI', shift: false, act: (text) => surround(text, '*') },
	{ name: 'Link', keys: 'K', code: 'KeyK', shift: false, act: link },
	{ name: 'List', keys: 'Shift+8', code: 'Digit8', shift: true, act: (t) => beginLines(t, '- ') },
	{ name: 'Quote', keys: 'Shift+9', code: 'Digit9', shift: true, act: (t) => beginLines(t, '> ') }
] satisfies {
	name: string;
	keys: string;
	code: string;
	shift: boolean;
	act: (text: HTMLTextAreaElement) => void;
}[];

function buttonsFor(text: HTMLTextAreaElement): HTMLElement {
	const group = document.createElement('div');
	group.className = 'formats';
	group.setAttribute('role', 'group');
	group.setAttribute('aria-label', 'Formatting');
	for (const { name, keys, act } of FORMATS) {
		const button = document.createElement('button');
		button.type = 'button';
		button.textContent = name;
		button.title = `${name} (Ctrl+${keys})`;
		button.setAttribute('aria-keyshortcuts', `Control+${keys} Meta+${keys}`);
		button.addEventListener('click', () => act(text));
		group.append(button);
	}
	return group;
}

/** Gives each box that takes words, and has none yet, its buttons. */
export function addButtons(): void {
	for (const text of document.querySelectorAll<HTMLTextAreaElement>('.composer [name=body]')) {
		const has = text.previousElementSibling?.matches('.formats') ?? false;
		if (!text.readOnly && !has) text.before(buttonsFor(text));
	}
}

/** Buttons and shortcuts for the few marks that a comment needs. */
export function start(): void {
	addButtons();
	on('keydown', '.composer [name=body]', (target, event) => {
		const text = target as HTMLTextAreaElement;
		if (!(event.ctrlKey || event.metaKey) || event.altKey || text.readOnly) return;
		const format = FORMATS.find(
			({ code, shift }) => code === event.code && shift === event.shiftKey
		);
		if (!format) return;
		event.preventDefault();
		format.act(text);
	});
}
