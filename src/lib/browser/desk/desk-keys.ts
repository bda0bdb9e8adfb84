import { listen, type Key } from '../single-keys.ts';
import * as cases from './cases.ts';
import { undo } from './deciding.ts';
import { say } from './said.ts';

function step(by: 1 | -1): void {
	const next = cases.beyond(cases.current(), by);
	if (next) cases.to(next);
	else say('There are no more on this page.');
}

function press(selector: string): void {
	const item = cases.current();
	if (item && !item.matches('.decided')) item.querySelector<HTMLElement>(selector)?.click();
}

/** Waits for the reason: `x` says that the comment goes, a number says why. */
function choose(isChoosing: boolean): void {
	for (const item of cases.every()) {
		const here = isChoosing && item === cases.current() && !item.matches('.decided');
		item.classList.toggle('choosing', here);
		if (here) say('Why? 1 to 9; Escape leaves it.');
	}
}

function ground(number: number): void {
	const item = cases.current();
	if (!item?.matches('.choosing')) return;
	const words = item.querySelector<HTMLInputElement>('[name=reason]')!;
	const button = item.querySelector<HTMLElement>(`[data-ground="${number}"]`);
	// The last kind of reason is what its words say.
	if (button?.matches('[value=other]') && words.value.trim() === '') words.focus();
	else button?.click();
}

/** The form that decides about several: those chosen, else those like the current one. */
function together(): HTMLFormElement | null {
	const chosen = document.querySelector('.case-choose input:checked');
	if (chosen) return document.querySelector('form[data-together=chosen]');
	return cases.current()?.closest('li')?.querySelector('form[data-together]') ?? null;
}

const KEYS: readonly Key[] = [
	{ key: 'j', does: 'Next case', act: () => step(1) },
	{ key: 'k', does: 'Case before', act: () => step(-1) },
	{ key: 'a', does: 'Approve, keep or leave it', act: () => press('[data-key=a]') },
	{ key: 'x', does: 'Reject or remove it: then 1 to 9 says why', act: () => choose(true) },
	{ key: 'u', does: 'Take the last decision back, for ten seconds', act: () => void undo() },
	{ key: 'b', does: 'The author’s record', act: () => press('[data-key=b]') },
	{ key: 't', does: 'The thread around it', act: () => press('[data-thread]') },
	{ key: 's', does: 'Choose it, to decide about several', act: () => press('.case-choose input') },
	{
		key: 'A',
		does: 'Let those chosen be, or all that are alike',
		act: () => together()?.querySelector<HTMLElement>('button')?.click()
	},
	{
		key: 'X',
		does: 'Reject or remove them: choose why',
		act: () => together()?.querySelector<HTMLElement>('select')?.focus()
	},
	{ key: 'Escape', does: '', act: () => choose(false) },
	...Array.from({ length: 9 }, (_, index) => ({
		...{ key: String(index + 1), does: '' },
		act: () => ground(index + 1)
	}))
];

/** Works through the queue by single keys. */
export function start(): void {
	cases.onArrival(() => choose(false));
	listen(KEYS, document.querySelector('.desk-tools'));
}
