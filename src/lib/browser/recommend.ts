import { onClick } from './dom.ts';

const BUTTONS = '.acts button[formaction$="?/recommend"], .acts button[formaction$="?/withdraw"]';

function show(button: HTMLElement, recommended: boolean): void {
	const action = button.getAttribute('formaction')!;
	button.setAttribute('formaction', action.replace(/\w+$/, recommended ? 'withdraw' : 'recommend'));
	button.setAttribute('aria-pressed', String(recommended));
	const score = button.querySelector('.score');
	const count = Number(score?.textContent.replace(/\D/g, '') ?? 0) + (recommended ? 1 : -1);
	const shown = document.createElement('span');
	shown.className = 'score';
	shown.textContent = count.toLocaleString('en-GB');
	button.replaceChildren('Recommend', ...(count > 0 ? [' ', shown] : []));
}

/** Sends the button's form in the background; anything but success goes the long way, with its words. */
async function send(button: HTMLButtonElement): Promise<void> {
	const action = button.getAttribute('formaction')!;
	const body = new FormData(button.form!);
	const answer = await fetch(action, {
		method: 'POST',
		body,
		headers: { accept: 'application/json' }
	});
	const { type } = (await answer.json()) as { type: string };
	if (type !== 'redirect' && type !== 'success') throw new Error(type);
	show(button, action.endsWith('/recommend'));
}

/** Recommends without a new page. */
export function start(): void {
	onClick(BUTTONS, (target, event) => {
		const button = target as HTMLButtonElement;
		event.preventDefault();
		if (button.ariaBusy) return;
		button.ariaBusy = 'true';
		send(button)
			.catch(() => button.form!.requestSubmit(button))
			.finally(() => (button.ariaBusy = null));
	});
}
