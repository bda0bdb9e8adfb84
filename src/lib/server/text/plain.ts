import type { Token } from 'markdown-it';
import { assertRenderable, type TextKind } from './caps.ts';
import { parse } from './markdown.ts';
import { normaliseText } from './normalise.ts';

const ELLIPSIS = '…';
const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

function inlineText(tokens: Token[]): string {
	let text = '';
	for (const { type, content } of tokens) text += type.endsWith('break') ? '\n' : content;
	return text;
}

/** The words of `parse`'s tokens: marks and list markers gone, a line for each block and line break. */
export function wordsOfTokens(tokens: Token[]): string {
	const lines: string[] = [];
	for (const token of tokens) {
		if (token.type === 'inline') lines.push(inlineText(token.children ?? []));
		else if (token.content !== '') lines.push(token.content.replace(/\n$/, ''));
	}
	return lines.join('\n');
}

/**
 * The text of Markdown that a reader sees: a link's text without its address, code as it is, no marks,
 * no list markers, each block on a line of its own. Parsed as a comment unless it is said to be an
 * article; either may be as long as an article. Throws `TextTooLong` or `TextTooComplex`.
 */
export function plainText(markdown: string, options: { kind?: TextKind } = {}): string {
	const text = normaliseText(markdown);
	assertRenderable(text, { kind: 'article' });
	return wordsOfTokens(parse(text, options.kind ?? 'comment'));
}

/**
 * The beginning of a plain text on one line: at most `max` graphemes with the ellipsis that then ends
 * it, cut between words unless its first word is longer.
 */
export function excerpt(text: string, max: number): string {
	const line = text.replace(/\s+/g, ' ').trim();
	// No grapheme is shorter than one unit.
	if (line.length <= max) return line;
	let graphemes = 0;
	let end = 0;
	let wordEnd = 0;
	for (const { segment, index } of GRAPHEMES.segment(line)) {
		if (graphemes === max) return line.slice(0, wordEnd || end) + ELLIPSIS;
		if (graphemes < max && segment === ' ') wordEnd = index;
		graphemes++;
		if (graphemes < max) end = index + segment.length;
	}
	return line;
}
