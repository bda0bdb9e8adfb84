import { answerOf, type Task } from './work.ts';

const field = document.querySelector<HTMLInputElement>('input[name="work"]');
const words = document.getElementById('work');
const form = field?.form;
const TENTH = 10;

function say(text: string): void {
	if (words && words.textContent !== text) words.textContent = text;
}

async function work(): Promise<void> {
	say('Your browser is computing something that keeps scripts out. You can fill in the form.');
	const response = await fetch('/sign-up/work', { method: 'POST' });
	if (!response.ok) throw new Error(String(response.status));
	const task = (await response.json()) as Task;
	field!.value = await answerOf(task, (share) => {
		const tenths = Math.floor(share * TENTH) * TENTH;
		say(`Your browser is computing: ${tenths} % at most are done.`);
	});
	say('Your browser has finished computing.');
}

if (form) {
	const done = work().catch(() => say('This did not work. Please load the page again.'));
	form.addEventListener('submit', (event) => {
		if (field.value !== '') return;
		event.preventDefault();
		say('One moment, then the form is sent.');
		void done.then(() => field.value !== '' && form.submit());
	});
}
