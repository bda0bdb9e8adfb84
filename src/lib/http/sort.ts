import { DEFAULT_SORT, readSort } from '#lib/server/comments/sorts.ts';
import { SORTS, type Sort } from '#lib/server/comments/view.ts';
import type { RequestEvent } from '@sveltejs/kit';
import type { CookieName } from './cookie-names.ts';
import { errorOf } from './refusals.ts';

const NAME: CookieName = 'sort';
const YEAR_S = 365 * 24 * 60 * 60;

function askedFor(text: string): Sort {
	try {
		return readSort(text);
	} catch (thrown) {
		return errorOf(thrown);
	}
}

/**
 * The sort that an address asks for, which the browser remembers; else the one that it remembers. A
 * sort that does not exist is the error page.
 */
export function sortOf({ cookies, url }: Pick<RequestEvent, 'cookies' | 'url'>): Sort {
	const kept = SORTS.find((sort) => sort === cookies.get(NAME)) ?? DEFAULT_SORT;
	const asked = url.searchParams.get('sort');
	if (!asked) return kept;
	const sort = askedFor(asked);
	const attributes = { path: '/', secure: url.protocol === 'https:' };
	// A way to see what is new is no choice of an order.
	if (sort === kept || url.searchParams.has('once')) return sort;
	if (sort === DEFAULT_SORT) cookies.delete(NAME, attributes);
	else cookies.set(NAME, sort, { ...attributes, maxAge: YEAR_S });
	return sort;
}
