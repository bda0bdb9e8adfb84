import { fetchPage, on, onClick } from './dom.ts';

/** From how many characters left on they are counted. */
const COUNT_FROM = 1000;

async function show(button: HTMLButtonElement): Promise<void> {
	const form = button.form!;
	const body = new FormData(form);
	const page = await fetchPage(button.formAction, { method: 'POST', body });
	const fresh = page.querySelector('form.composer');
	if (!fresh) throw new Error('no composer');
	for (const old of form.querySelectorAll('.preview, .problem')) old.remove();
	for (const part of fresh.querySelectorAll('.preview, .problem')) form.prepend(part);
}

function count(text: HTMLTextAreaElement): void {
	const place = text.form?.querySelector('.composer-count');
	if (!place) return;
	const left = Number(text.dataset.most) - text.value.length;
	const words = left < 0 ? `${-left} characters too many.` : `${left} characters left.`;
	place.textContent = left < COUNT_FROM ? words : '';
}

/** Previews in place, and counts the characters when few are left. */
export function start(): void {
	onClick('.composer button[formaction*="?/preview"]', (target, event) => {
		const button = target as HTMLButtonElement;
		if (!button.form!.checkValidity()) return;
		event.preventDefault();
		show(button).catch(() => button.form!.requestSubmit(button));
	});
	on('input', '.composer textarea', (text) => count(text as HTMLTextAreaElement));
}
