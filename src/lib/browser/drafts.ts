import { composer, parentOf, replyTo, textOf } from './composer.ts';
import { commentById, on } from './dom.ts';
import { keep, keysOf, recall } from './storage.ts';

const PREFIX = 'draft:';
/** Which place's words were sent from this browser and not seen to arrive yet. */
const SENT = 'sent';

interface Kept {
	body: string;
	parent: string;
}

function keyOf(form: HTMLFormElement): string {
	return PREFIX + form.dataset.place;
}

function save(form: HTMLFormElement): void {
	const kept: Kept = { body: textOf(form).value, parent: parentOf(form) };
	keep(keyOf(form), kept.body.trim() ? JSON.stringify(kept) : null);
}

function restore(form: HTMLFormElement): void {
	const text = textOf(form);
	const stored = recall(keyOf(form));
	if (!stored || text.value) return;
	const { body, parent } = JSON.parse(stored) as Kept;
	if (parentOf(form) && parentOf(form) !== parent) return;
	const comment = parent && !parentOf(form) ? commentById(parent) : null;
	if (comment) replyTo(form, comment);
	text.value = body;
	text.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Keeps what is being written in this browser until it has been posted. */
export function start(): void {
	// Only a comment that arrived is named in the address.
	const sent = recall(SENT);
	if (sent && new URLSearchParams(location.search).has('c')) keep(sent, null);
	keep(SENT, null);
	const form = composer();
	if (form) restore(form);
	on('input', 'form.composer[data-place]', (target) => save(target as HTMLFormElement));
	on('submit', 'form.composer[data-place]', (target) => {
		save(target as HTMLFormElement);
		keep(SENT, keyOf(target as HTMLFormElement));
	});
	// The next person at this machine need not find them.
	on('submit', 'form[action="/sign-out"]', () => {
		for (const key of keysOf(PREFIX)) keep(key, null);
	});
}
