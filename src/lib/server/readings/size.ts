import type { BlockView } from '../comments/view.ts';
import type { Reading } from './readings.ts';

const AT_LEAST = 3_000;
/** The row of a comment, and the view of it. */
const PER_COMMENT = 1_650;
const PER_QUOTE = 650;

// V8 gives every character of a text two bytes when one of them is beyond these.
const BEYOND_LATIN = /[^\0-\xff]/;

function sizeOfText(text: string): number {
	return BEYOND_LATIN.test(text) ? text.length * 2 : text.length;
}

function sizeOfBlocks(blocks: BlockView[]): number {
	return blocks.reduce(
		(sum, block) =>
			sum +
			('html' in block ? sizeOfText(block.html) : PER_QUOTE + sizeOfBlocks(block.quote.blocks)),
		0
	);
}

/**
 * What a reading takes in memory without its fragments, in bytes. The numbers are measured: what the heap
 * grew by with 240 discussions of 45 comments, of 60 to 2500 characters, in Latin letters and others,
 * with and without quotes. There, and with 6 comments, this is within 5 % of it.
 */
export function sizeOf({ article, page }: Pick<Reading, 'article' | 'page'>): number {
	const comments = page.comments.map(({ view }) => PER_COMMENT + sizeOfBlocks(view.blocks ?? []));
	return comments.reduce((sum, size) => sum + size, AT_LEAST + sizeOfText(article.bodyHtml));
}
