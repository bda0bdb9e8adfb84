function closeOthers(inside: Node | null): void {
	for (const menu of document.querySelectorAll<HTMLDetailsElement>('details.menu[open]')) {
		if (!menu.contains(inside)) menu.open = false;
	}
}

/** Closes a menu by a click elsewhere or by Escape. */
export function start(): void {
	document.addEventListener('click', ({ target }) => closeOthers(target as Node));
	document.addEventListener('keydown', ({ key }) => {
		if (key !== 'Escape') return;
		const open = document.querySelector<HTMLDetailsElement>('details.menu[open]');
		closeOthers(null);
		open?.querySelector('summary')?.focus();
	});
}
