import { keep, recall } from './storage.ts';

const KEY = 'theme';

function isDark(): boolean {
	const chosen = document.documentElement.dataset.theme;
	return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

/** The button that changes between the light and the dark page; static/theme.js applies what is kept. */
export function start(): void {
	const button = document.querySelector<HTMLButtonElement>('.theme-toggle');
	if (!button) return;
	const name = () => (button.textContent = isDark() ? 'Light page' : 'Dark page');
	button.hidden = false;
	name();
	button.addEventListener('click', () => {
		const theme = isDark() ? 'light' : 'dark';
		document.documentElement.dataset.theme = theme;
		keep(KEY, theme);
		name();
	});
	// Chosen in another tab.
	addEventListener('storage', () => {
		const kept = recall(KEY);
		if (kept) document.documentElement.dataset.theme = kept;
		name();
	});
}
