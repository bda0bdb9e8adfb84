import type { BlockView, QuoteView } from '#lib/server/comments/view.ts';
import { WITHDRAWN } from '#lib/server/quotes/withdrawn.ts';
import { escapeHtml } from '#lib/server/text/escape-html.ts';

function attribution(quote: QuoteView): string {
	const { saidBy, sourceUrl, sourceId } = quote;
	if (saidBy === null && sourceUrl === null) return '';
	const unnamed = sourceId === null ? 'From the article' : 'Quoted,';
	const said = saidBy === null ? unnamed : `${escapeHtml(saidBy)} said,`;
	const linked = sourceUrl === null ? said : `<a href="${escapeHtml(sourceUrl)}">${said}</a>`;
	return `<p class="said">${linked}</p>`;
}

function quoted(quote: QuoteView): string {
	const inside = quote.withdrawn
		? `<p class="said">${WITHDRAWN}</p>`
		: attribution(quote) + html(quote.blocks);
	return `<blockquote class="quote" data-match="${quote.match}">${inside}</blockquote>`;
}

/** A body as HTML: its blocks, which were rendered and sanitised when they were written, and its quotes. */
export function html(blocks: BlockView[]): string {
	return blocks.map((block) => ('html' in block ? block.html : quoted(block.quote))).join('');
}
