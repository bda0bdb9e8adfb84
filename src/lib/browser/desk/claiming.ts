import * as cases from './cases.ts';
import { say } from './said.ts';

/** A claim lasts a minute: it is renewed so often (milliseconds) while somebody looks. */
const RENEW_MS = 20_000;
/** Who has touched nothing for so long looks elsewhere. */
const AWAY_MS = 120_000;
const ADDRESS = '/moderation/claim';

let claimed: HTMLElement | null = null;
let touchedAt = Date.now();
let sending: Promise<void> = Promise.resolve();

/** Shows who else looks at a case; '' for nobody. */
export function show(item: HTMLElement, by: string): void {
	if ((item.dataset.claimed ?? '') === by) return;
	if (by) item.dataset.claimed = by;
	else delete item.dataset.claimed;
	const line = item.querySelector('[data-claim]');
	if (line) line.textContent = by ? `${by} is looking at this.` : '';
}

async function send(item: HTMLElement): Promise<void> {
	if (item !== claimed || item.matches('.decided')) return;
	const body = new URLSearchParams({ id: item.dataset.id! });
	const answer = await fetch(ADDRESS, { method: 'POST', body });
	if (answer.status !== 409) {
		if (answer.ok) item.dataset.held = 'yes';
		return;
	}
	const { detail } = (await answer.json()) as { detail: string };
	show(item, detail.replace(/ is looking at this\.$/, ''));
	say(detail);
}

function claim(item: HTMLElement): void {
	claimed = item;
	// One after the other, so that the last one holds.
	sending = sending.then(() => send(item)).catch(() => undefined);
}

/** When what was asked for is answered: a decision comes after its claim. */
export function settled(): Promise<void> {
	return sending;
}

function renew(): void {
	const isAway = document.hidden || Date.now() - touchedAt > AWAY_MS;
	if (claimed && !isAway && cases.current() === claimed) claim(claimed);
}

function release(): void {
	if (!claimed) return;
	navigator.sendBeacon(ADDRESS, new URLSearchParams({ id: claimed.dataset.id!, release: 'yes' }));
}

/** Claims the case that somebody comes to, as long as they are there. */
export function start(): void {
	cases.onArrival(claim);
	for (const type of ['keydown', 'pointerdown', 'scroll']) {
		document.addEventListener(type, () => (touchedAt = Date.now()), { passive: true });
	}
	setInterval(renew, RENEW_MS);
	addEventListener('pagehide', release);
}
