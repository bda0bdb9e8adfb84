import type { Token } from 'markdown-it';

/** A comment and an article are read by different rules and have different limits. */
export type TextKind = 'comment' | 'article';

/** Characters (UTF-16 units, what a form's `maxlength` counts) of a comment: about 1,600 words. */
export const COMMENT_MAX = 10_000;
/** Characters of an article: about 33,000 words, twice the longest newspaper feature. */
export const ARTICLE_MAX = 200_000;
/** Quotes and lists inside each other; beyond this nobody can read, and markdown-it would drop text. */
export const NESTING_MAX = 12;
/** Emphasis inside emphasis; a run of thousands of stars would nest as deep. */
export const EMPHASIS_MAX = 12;
/** `[quote` tags in one text: each may be searched to the text's end. */
export const QUOTE_TAGS_MAX = 100;
/** HTML may be this many times as long as its source, and `OUTPUT_SLACK` more for the shortest. */
export const OUTPUT_RATIO = 20;
const OUTPUT_SLACK = 2_000;

const FENCE = /^[ \t>]*(?:`{3}|~{3})/;
const OPENS_BLOCK = new Set(['blockquote_open', 'bullet_list_open', 'ordered_list_open']);
const CLOSES_BLOCK = new Set(['blockquote_close', 'bullet_list_close', 'ordered_list_close']);

/** The text is longer than its kind may be. `message` is for the reader. */
export class TextTooLong extends Error {
	readonly code = 'text-too-long';

	constructor(length: number, max: number) {
		const [has, may] = [length, max].map((count) => count.toLocaleString('en-GB'));
		super(`This text is too long: it has ${has} characters, and ${may} are allowed.`);
		this.name = 'TextTooLong';
	}
}

/** The text would cost too much, or lose words, if it were rendered. `message` is for the reader. */
export class TextTooComplex extends Error {
	readonly code = 'text-too-complex';

	constructor(message: string) {
		super(message);
		this.name = 'TextTooComplex';
	}
}

function nestedTooDeeply(): TextTooComplex {
	return new TextTooComplex(
		`Quotes and lists are nested too deeply here: ${NESTING_MAX} levels are allowed.`
	);
}

/** The number of `>` that begin a line; a line indented by four or more continues another block. */
function quoteDepth(line: string): number {
	let depth = 0;
	let indent = 0;
	for (const character of line) {
		if (character === '>') {
			depth++;
			indent = 0;
		} else if (character !== ' ' || ++indent > 4) break;
	}
	return depth;
}

function assertQuoteDepth(source: string): void {
	let fenced = false;
	for (const line of source.split('\n')) {
		if (FENCE.test(line)) fenced = !fenced;
		else if (!fenced && quoteDepth(line) > NESTING_MAX) throw nestedTooDeeply();
	}
}

/**
 * What can be told before parsing: the length, the depth of `>` and the number of `[quote` tags.
 * `plainText` reads both kinds and passes the longer limit. Throws `TextTooLong` or `TextTooComplex`.
 */
export function assertRenderable(source: string, options: { kind?: TextKind } = {}): void {
	const max = options.kind === 'article' ? ARTICLE_MAX : COMMENT_MAX;
	if (source.length > max) throw new TextTooLong(source.length, max);
	if (source.includes('>')) assertQuoteDepth(source);
	if (source.split(/\[quote/i, QUOTE_TAGS_MAX + 2).length > QUOTE_TAGS_MAX + 1) {
		throw new TextTooComplex(`There are more than ${QUOTE_TAGS_MAX} quotes in this text.`);
	}
}

/** Refuses quotes and lists nested deeper than `NESTING_MAX`, by the parser's own count. */
export function assertNesting(blocks: Token[]): void {
	let depth = 0;
	for (const { type } of blocks) {
		if (OPENS_BLOCK.has(type) && ++depth > NESTING_MAX) throw nestedTooDeeply();
		if (CLOSES_BLOCK.has(type)) depth--;
	}
}

/** Refuses emphasis nested deeper than `EMPHASIS_MAX`. */
export function assertEmphasis(inline: Token[]): void {
	for (const { level } of inline) {
		if (level > EMPHASIS_MAX) {
			throw new TextTooComplex('There are too many stars or underscores around the same words.');
		}
	}
}

/** A link's target defined elsewhere in the text: `[name]: address "title"`. */
export interface Definition {
	href: string;
	title: string;
}

/** Refuses definitions which, if every bracket used the longest, would exceed the output's limit. */
export function assertDefinitions(source: string, definitions: Iterable<Definition>): void {
	let longest = 0;
	for (const { href, title } of definitions) {
		longest = Math.max(longest, href.length + title.length);
	}
	if (longest === 0) return;
	const uses = source.split('[').length - 1;
	if (longest * uses > source.length * OUTPUT_RATIO + OUTPUT_SLACK) {
		throw new TextTooComplex('A long link is used too many times in this text.');
	}
}

/** Refuses HTML that is out of proportion to its source. */
export function assertOutput(source: string, html: string): void {
	if (html.length > source.length * OUTPUT_RATIO + OUTPUT_SLACK) {
		throw new TextTooComplex('This text has too much formatting for its length.');
	}
}
