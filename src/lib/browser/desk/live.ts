import type { Look } from '../../server/moderation/look.ts';
import { counted } from '../../format/counts.ts';
import * as cases from './cases.ts';
import * as claiming from './claiming.ts';
import { close } from './deciding.ts';
import { offer, say } from './said.ts';

/** How often it is asked what others do (milliseconds). */
const LOOK_MS = 2500;

/** What the page is told, its count in words. */
type Told = Omit<Look, 'count'> & { count: string };

const GONE = 'Somebody has decided this meanwhile';

/** What others decided is folded; the case that somebody is at says so, and stays. */
function goes(item: HTMLElement): void {
	if (item.matches('.decided') || item.ariaBusy) return;
	if (cases.current() !== item) return close(item, GONE);
	const line = item.querySelector('[data-claim]');
	if (!line || line.textContent === `${GONE}.`) return;
	line.textContent = `${GONE}.`;
	say(`${GONE}.`);
}

function show({ count, fresh, gone, claims }: Told): void {
	const held = new Map(claims.map(({ id, by }) => [id, by]));
	const left = new Set(gone);
	for (const item of cases.every()) {
		const id = item.dataset.id!;
		if (left.has(id)) goes(item);
		else claiming.show(item, held.get(id) ?? '');
	}
	const tab = document.querySelector('.queue-tabs [aria-current] .queue-count');
	if (tab) tab.textContent = count;
	if (fresh > 0) offer(counted(fresh, 'new case'));
}

async function look(): Promise<void> {
	const { queue: tab = '', since = '' } = cases.queue().dataset;
	const ids = cases.every().flatMap(({ dataset: { id } }) => id ?? []);
	const query = new URLSearchParams({ tab, since, ids: ids.join(',') });
	const answer = await fetch(`/moderation/live?${query}`);
	if (answer.ok) show((await answer.json()) as Told);
}

/** Shows, while somebody looks at the page, what other moderators do and what comes. */
export function start(): void {
	const again = () => setTimeout(next, LOOK_MS);
	const next = () => {
		if (document.hidden) return again();
		return void look()
			.catch(() => undefined)
			.finally(again);
	};
	again();
}
