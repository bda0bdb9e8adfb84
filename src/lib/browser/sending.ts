import { textOf } from './composer.ts';
import { on } from './dom.ts';
import * as drafts from './drafts.ts';

const NO_CONNECTION = 'There is no connection just now.';
const NO_ANSWER = 'The server could not be reached just now.';

/** Says that the words were not sent, and offers to send them again: under the same key, so once. */
function offerAgain(form: HTMLFormElement): void {
	const problem = document.createElement('div');
	problem.className = 'problem unsent';
	problem.setAttribute('role', 'alert');
	const words = document.createElement('p');
	const why = navigator.onLine ? NO_ANSWER : NO_CONNECTION;
	words.textContent = `${why} Your words are still here, and are kept in this browser.`;
	const again = document.createElement('button');
	again.className = 'button button-quiet';
	again.textContent = 'Send again';
	problem.append(words, again);
	form.prepend(problem);
}

/** Lets the page be asked just as the script asked: with the button that was pressed. */
function submit(form: HTMLFormElement, button: HTMLElement | null): void {
	if (button instanceof HTMLButtonElement && button.name !== '') {
		const pressed = document.createElement('input');
		Object.assign(pressed, { type: 'hidden', name: button.name, value: button.value });
		form.append(pressed);
	}
	HTMLFormElement.prototype.submit.call(form);
}

async function send(
	form: HTMLFormElement,
	button: HTMLElement | null,
	body: FormData
): Promise<void> {
	const words = textOf(form).value;
	const answer = await fetch(form.getAttribute('action')!, {
		method: 'POST',
		body,
		headers: { accept: 'application/json' }
	});
	const result = (await answer.json()) as { type: string; location?: string };
	if (result.type === 'redirect') {
		drafts.arrived(form, words);
		location.assign(result.location!);
	}
	// The page itself says best why not, with the words in the box.
	else if (result.type === 'failure') submit(form, button);
	else throw new Error(result.type);
}

/** Sends comments in the background, so that no failure takes the page with the words away. */
export function start(): void {
	on('submit', 'form.composer', (target, event) => {
		const form = target as HTMLFormElement;
		if (event.submitter?.hasAttribute('formaction')) return;
		event.preventDefault();
		if (form.ariaBusy) return;
		form.ariaBusy = 'true';
		// Before the button that was pressed goes with the problem that it stands in.
		const said = new FormData(form, event.submitter);
		form.querySelector('.unsent')?.remove();
		send(form, event.submitter, said)
			.catch(() => offerAgain(form))
			.finally(() => (form.ariaBusy = null));
	});
}
