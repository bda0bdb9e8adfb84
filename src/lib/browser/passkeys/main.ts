// A passkey is asked for by script alone: the forms that take one are hidden without it.
import {
	browserSupportsWebAuthn,
	startAuthentication,
	startRegistration
} from '@simplewebauthn/browser';

const FORM = 'form[data-passkey]';

async function question<Options>(purpose: string): Promise<Options> {
	const body = new URLSearchParams({ purpose });
	const answer = await fetch('/passkeys', { method: 'POST', body });
	if (!answer.ok) throw new Error((await answer.json()).message);
	return (await answer.json()) as Options;
}

async function answerTo(purpose: string): Promise<unknown> {
	if (purpose === 'add') return startRegistration({ optionsJSON: await question(purpose) });
	return startAuthentication({ optionsJSON: await question(purpose) });
}

function say(form: HTMLFormElement, words: string): void {
	const place = form.querySelector<HTMLElement>('[data-passkey-said]');
	if (place) place.textContent = words;
}

/** What to say of a question that was not answered: broken off is no fault. */
function wordsOf(thrown: unknown): string {
	if (!(thrown instanceof Error)) return '';
	const { name, message } = thrown;
	if (name === 'NotAllowedError' || name === 'AbortError') return 'No passkey was given.';
	if (name === 'InvalidStateError') return 'This device has a passkey for your account already.';
	return message;
}

async function send(form: HTMLFormElement, button: HTMLElement | null): Promise<void> {
	const response = form.elements.namedItem('response') as HTMLInputElement;
	say(form, '');
	try {
		response.value = JSON.stringify(await answerTo(form.dataset.passkey ?? ''));
		form.submit();
	} catch (thrown) {
		say(form, wordsOf(thrown));
		button?.focus();
	}
}

if (browserSupportsWebAuthn()) {
	for (const form of document.querySelectorAll<HTMLFormElement>(FORM)) {
		form.hidden = false;
		form.addEventListener('submit', (event) => {
			event.preventDefault();
			void send(form, event.submitter);
		});
	}
}
document.documentElement.dataset.passkeys = 'true';
