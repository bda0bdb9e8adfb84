import type { Page } from '@playwright/test';

/** What a page says to programs against the rules of HTML for microdata, or of a thing that it is not said of. */
export function misplaced(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const ADDRESSES = 'a, area, link, img, source, iframe';
		const ofArticles = ['headline', 'comment'];
		const owner = (part: Element) => part.parentElement?.closest('[itemscope]') ?? null;
		const isWrong: ((part: Element) => boolean)[] = [
			// A property of nothing, or of nothing that has it.
			(part) => part.hasAttribute('itemprop') && !owner(part),
			(part) =>
				(owner(part)?.getAttribute('itemtype')?.endsWith('/NewsArticle') ?? false) &&
				!ofArticles.includes(part.getAttribute('itemprop') ?? 'comment'),
			(part) => part.getAttribute('itemprop') === '',
			(part) => part.hasAttribute('itemtype') && !part.hasAttribute('itemscope'),
			(part) => part.hasAttribute('itemid') && !part.hasAttribute('itemtype'),
			// What the element itself asks for where it is a property.
			(part) => part.matches(`:is(${ADDRESSES})[itemprop]:not([href], [src])`),
			(part) => part.matches('meta[itemprop]:not([content]), time[itemprop]:not([datetime])'),
			(part) => part.matches(':is(link, meta):not([itemprop])'),
			(part) => part.matches('[itemprop=comment]:not([data-status=published])')
		];
		const parts = document.body.querySelectorAll(
			'[itemprop], [itemscope], [itemtype], [itemid], link, meta'
		);
		return [...parts]
			.filter((part) => isWrong.some((is) => is(part)))
			.map((part) => (part.cloneNode() as Element).outerHTML);
	});
}
