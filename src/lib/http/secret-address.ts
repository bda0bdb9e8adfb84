import type { RequestEvent } from '@sveltejs/kit';

/** The secret in the address of a page that a mail leads to; '' for none. */
export function tokenOf(url: URL): string {
	return url.searchParams.get('token') ?? '';
}

/** For the load of a page whose address is a secret: it goes nowhere, and nothing keeps the page. */
export function keepSecret({ setHeaders }: Pick<RequestEvent, 'setHeaders'>): void {
	setHeaders({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
}
