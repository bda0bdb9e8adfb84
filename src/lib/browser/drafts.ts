import { composer, parentOf, replyTo, textOf } from './composer.ts';
import { commentById, on } from './dom.ts';
import { keep, keysOf, recall } from './storage.ts';

const PREFIX = 'draft:';
const KEPT_FOR_MS = 7 * 24 * 60 * 60 * 1000;

interface Kept {
	body: string;
	parent: string;
	/** What stood in the box before it was written in: the present text of a comment that is edited. */
	base: string;
	/** Unix milliseconds. */
	at: number;
}

function keyOf(form: HTMLFormElement): string {
	return PREFIX + form.dataset.place;
}

function read(key: string): Kept | null {
	try {
		return JSON.parse(recall(key) ?? 'null') as Kept | null;
	} catch {
		return null;
	}
}

function save(form: HTMLFormElement): void {
	const { value: body, defaultValue: base } = textOf(form);
	const kept: Kept = { body, base, parent: parentOf(form), at: Date.now() };
	keep(keyOf(form), body.trim() ? JSON.stringify(kept) : null);
}

/** What stands in the box with what was kept; null when that is in it, or belongs to another text. */
function together(now: string, kept: Kept): string | null {
	if (now.includes(kept.body)) return null;
	if (now === kept.base || kept.body.includes(now.trim())) return kept.body;
	// The address brought a quote with it.
	return kept.base === '' ? `${kept.body.trimEnd()}\n\n${now}` : null;
}

function restore(form: HTMLFormElement): void {
	const text = textOf(form);
	const kept = read(keyOf(form));
	const words = kept && together(text.value, kept);
	if (!kept || words === null) return;
	const comment = kept.parent && !parentOf(form) ? commentById(kept.parent) : null;
	if (comment) replyTo(form, comment);
	text.value = words;
	text.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Forgets the words that were sent from a form and have arrived; what was written since stays. */
export function arrived(form: HTMLFormElement, words: string): void {
	if (textOf(form).value === words) keep(keyOf(form), null);
}

/** Keeps what is being written in this browser for a week, or until it has been posted. */
export function start(): void {
	for (const key of keysOf(PREFIX)) {
		if (!(Number(read(key)?.at) > Date.now() - KEPT_FOR_MS)) keep(key, null);
	}
	const form = composer();
	if (form) restore(form);
	on('input', 'form.composer[data-place]', (target) => save(target as HTMLFormElement));
	on('submit', 'form.composer[data-place]', (target) => save(target as HTMLFormElement));
	// The next person at this machine need not find them.
	on('submit', 'form[action="/sign-out"]', () => {
		for (const key of keysOf(PREFIX)) keep(key, null);
	});
}
