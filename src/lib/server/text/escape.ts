import { parse } from './markdown.ts';
import { wordsOfTokens } from './plain.ts';

// At the ends of a run the next character is not known, so that these count as markup there.
const MARKUP =
	/[\\`*]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|~(?=~|$)|(?<=~|^)~|<(?=[a-z/!?]|[^\s<>]*(?:[:@]|$))|&(?=[a-z#])|\](?=\()/giu;
const MARKUP_IN_LINK = new RegExp(`${MARKUP.source}|[[\\]]`, MARKUP.flags);
const ADDRESS = /(https?:\/\/[^\s<>\\]+)/i;
const BLOCK_START = /^(?:#(?=#{0,5}(?:\s|$))|>|[-+](?=\s|$)|[-=](?=[-=\s]*$)|\[(?=.*\]:))/;
const ITEM_NUMBER = /^(\d{1,9})([.)])(?=\s|$)/;

/** A run of text within a line, escaped so that nothing in it is markup; in a link's text no bracket is either. */
export function escapeRun(run: string, options: { inLink?: boolean } = {}): string {
	return run.replace(options.inLink ? MARKUP_IN_LINK : MARKUP, '\\$&');
}

/** A run as `escapeRun` has it, but with its web addresses as they are, so that they become links. */
export function escapeAroundAddresses(run: string): string {
	return run
		.split(ADDRESS)
		.map((part, index) => (index % 2 === 1 ? part : escapeRun(part)))
		.join('');
}

/** A line of Markdown, changed so that its beginning opens no block. */
export function escapeLineStart(line: string): string {
	return line.replace(BLOCK_START, '\\$&').replace(ITEM_NUMBER, '$1\\$2');
}

/**
 * The first of several Markdown texts which, read back, has just these words; the last one if none has.
 * Marks do not always survive their neighbours (`*a**b*` is not two emphases), and then the words go first.
 */
export function firstFaithful(candidates: string[], words: string): string {
	const wanted = words.replace(/\s+/g, ' ').trim();
	const faithful = candidates.slice(0, -1).find((candidate) => {
		try {
			const read = wordsOfTokens(parse(candidate, 'article', { bare: true }));
			return read.replace(/\s+/g, ' ').trim() === wanted;
		} catch {
			return false;
		}
	});
	return faithful ?? candidates[candidates.length - 1];
}

/** Plain text as Markdown that reads as the same text: nothing in it is markup, its addresses are links. */
export function escapeMarkdown(text: string): string {
	const [linked, escaped] = [escapeAroundAddresses, escapeRun].map((escape) =>
		text
			.split('\n')
			.map((line) => escapeLineStart(escape(line.trim())))
			.join('\n')
	);
	return linked === escaped ? escaped : firstFaithful([linked, escaped], text);
}
