import { fetchPage, onClick } from './dom.ts';

async function show(link: HTMLAnchorElement, quote: Element): Promise<void> {
	const page = await fetchPage(link.href);
	const difference = page.querySelector('.difference');
	if (!difference) throw new Error('no difference');
	quote.append(difference);
	link.ariaExpanded = 'true';
}

/** Opens what differs from the source under the quote, and closes it. */
export function start(): void {
	onClick('.quote a.match-altered[href]', (target, event) => {
		const link = target as HTMLAnchorElement;
		const quote = link.closest('.quote')!;
		event.preventDefault();
		if (link.ariaBusy) return;
		const there = quote.querySelector<HTMLElement>(':scope > .difference');
		if (there) {
			there.hidden = !there.hidden;
			link.ariaExpanded = String(!there.hidden);
			return;
		}
		link.ariaBusy = 'true';
		show(link, quote)
			.catch(() => location.assign(link.href))
			.finally(() => (link.ariaBusy = null));
	});
}
