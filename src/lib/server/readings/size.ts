import type { BlockView } from '../comments/view.ts';
import type { Reading } from './readings.ts';

// Estimated: the row and the view of a comment, and two pieces rendered from it with their own markup.
const PER_CHARACTER = 4;
const PER_COMMENT = 4_000;
const AT_LEAST = 6_000;

function lengthOf(blocks: BlockView[]): number {
	return blocks.reduce(
		(sum, block) =>
			sum + ('html' in block ? block.html.length : lengthOf(block.quote.blocks) + 400),
		0
	);
}

/** What a reading and what is rendered from it take in memory, in bytes, about. */
export function sizeOf({ article, page }: Pick<Reading, 'article' | 'page'>): number {
	const lengths = page.comments.map(({ view }) => lengthOf(view.blocks ?? []));
	const characters = lengths.reduce((sum, length) => sum + length, article.bodyHtml.length);
	return AT_LEAST + lengths.length * PER_COMMENT + characters * PER_CHARACTER;
}
