import { actButton, on } from '../dom.ts';
import * as cases from './cases.ts';
import * as claiming from './claiming.ts';
import { offer, say } from './said.ts';

/** How long a decision can be taken back (milliseconds). */
const UNDO_MS = 10_000;
const NO_ANSWER = 'The server could not be reached. Nothing is decided: please try again.';

/** What was decided last, and can be taken back. */
let latest: { item: HTMLElement; until: number } | null = null;

interface Problem {
	code: string;
	detail: string;
}

/** Asks the API; null when it is done, else why not. */
async function ask(id: string, verb: string, sent: object): Promise<Problem | null> {
	try {
		const answer = await fetch(`/api/v1/comments/${id}/${verb}`, {
			method: 'POST',
			body: JSON.stringify(sent),
			headers: { 'content-type': 'application/json' }
		});
		return answer.ok ? null : ((await answer.json()) as Problem);
	} catch {
		return { code: 'no-answer', detail: NO_ANSWER };
	}
}

function headOf(item: HTMLElement): string {
	return item.querySelector('h2')?.textContent.replace(/\s+/g, ' ').trim() ?? '';
}

/** Folds a case into a line that says what became of it. */
export function close(item: HTMLElement, words: string, ...more: HTMLElement[]): void {
	item.querySelector('.case-done')?.remove();
	const line = document.createElement('p');
	line.className = 'case-done';
	line.append(`${words}: ${headOf(item)} `, ...more);
	item.append(line);
	item.classList.add('decided');
	const choice = item.querySelector<HTMLInputElement>('.case-choose input');
	if (choice) choice.checked = false;
}

/** Opens a case again that was folded. */
function reopen(item: HTMLElement): void {
	item.querySelector('.case-done')?.remove();
	item.classList.remove('decided');
}

/** Says in the case why nothing was decided: it stays until somebody walks on. */
function complain(item: HTMLElement, { code, detail }: Problem): void {
	reopen(item);
	const before = item.querySelector('.decision .problem');
	const box = document.createElement('div');
	box.className = 'problem';
	box.setAttribute('role', 'alert');
	const words = document.createElement('p');
	words.textContent = code === 'claimed' ? `${detail} Decide again to do it all the same.` : detail;
	box.append(words);
	before?.remove();
	item.querySelector('.decision')?.prepend(box);
	if (code === 'claimed') item.dataset.anyway = 'yes';
	cases.to(item);
}

/** Goes on from a case that is decided. */
function goOn(item: HTMLElement): void {
	const next = cases.beyond(item, 1) ?? cases.beyond(item, -1);
	if (next) cases.to(next);
	else offer('That was the last here: look again');
}

async function decide(item: HTMLElement, verb: string, sent: Record<string, unknown>) {
	if (item.ariaBusy) return;
	item.ariaBusy = 'true';
	item.querySelector('.decision .problem')?.remove();
	item.classList.remove('choosing');
	const name = item.querySelector(`[name=verb][value=${verb}]`)!.closest('form')!.dataset.name!;
	close(item, name);
	goOn(item);
	await claiming.settled();
	const problem = await ask(item.dataset.id!, verb, sent);
	item.ariaBusy = null;
	if (problem) return complain(item, problem);
	latest = { item, until: Date.now() + UNDO_MS };
	const back = actButton('Undo', () => void undo(), { className: 'button-link' });
	close(item, name, back);
	setTimeout(() => back.remove(), UNDO_MS);
	say(`${name}: ${headOf(item)}. u takes it back.`);
}

/** Takes back what was decided last, while that can be done. */
export async function undo(): Promise<void> {
	if (!latest || Date.now() > latest.until) return say('There is nothing to take back.');
	const { item } = latest;
	latest = null;
	const problem = await ask(item.dataset.id!, 'undo', {});
	if (problem) return say(problem.detail);
	reopen(item);
	offer('');
	cases.to(item);
	say(`Taken back: ${headOf(item)}`);
}

/** Decides in the background, whether by button or by key. */
export function start(): void {
	on('submit', '.decision form', (target, event) => {
		event.preventDefault();
		const form = target as HTMLFormElement;
		const item = form.closest<HTMLElement>('.case')!;
		const data = new FormData(form, event.submitter);
		const text = (name: string) => String(data.get(name) ?? '');
		// What lets a comment be has no kind of reason.
		const ground = text('ground') || undefined;
		const sent = { ground, reason: text('reason'), law: text('law') };
		const anyway = item.dataset.anyway === 'yes' || text('anyway') !== '';
		void decide(item, text('verb'), { ...sent, anyway });
	});
}
