import type { TextKind } from '../text/caps.ts';
import { canonicalWords } from '../text/canonical.ts';
import { plainText } from '../text/plain.ts';

// "[…]", "…" and "..." join pieces; canonical text writes the ellipsis as three dots.
const JOINT = /\[\.\.\.\]|\.{3,}/;
const WORD_CHARACTER = /[\p{L}\p{N}\p{M}]/u;
// Fewer words than this say nothing about where a quote ends within a line.
const FEWEST_WORDS = 3;
// Each try parses the line's beginning; nobody quotes the 40th sentence back on one line.
const SENTENCE_TRIES = 40;
const SENTENCE_END = /[.!?]["')\]]*$/;

/** Markdown as canonical words: what matching compares. */
export function wordsOf(markdown: string, kind: TextKind = 'comment'): string {
	return canonicalWords(plainText(markdown, { kind }));
}

function isWordCharacter(text: string, index: number): boolean {
	const code = text.codePointAt(index);
	return code !== undefined && WORD_CHARACTER.test(String.fromCodePoint(code));
}

/** The index just after `piece` in `source` as whole words, looked for from `from`; -1 when it is not there. */
function endOf(source: string, piece: string, from: number): number {
	for (let at = source.indexOf(piece, from); at >= 0; at = source.indexOf(piece, at + 1)) {
		const end = at + piece.length;
		const startsWhole =
			at === 0 || !isWordCharacter(source, at - 1) || !isWordCharacter(source, at);
		const endsWhole = !isWordCharacter(source, end) || !isWordCharacter(source, end - 1);
		if (startsWhole && endsWhole) return end;
	}
	return -1;
}

/** Whether canonical `words` stand in canonical `source`: in one run, or in pieces joined by an ellipsis, in order. */
export function isIn(source: string, words: string): boolean {
	if (words === '') return false;
	if (endOf(source, words, 0) >= 0) return true;
	const pieces = words
		.split(JOINT)
		.map((piece) => piece.trim())
		.filter((piece) => piece !== '');
	if (pieces.length === 0 || (pieces.length === 1 && pieces[0] === words)) return false;
	let from = 0;
	for (const piece of pieces) {
		from = endOf(source, piece, from);
		if (from < 0) return false;
	}
	return true;
}

/** Where an open-ended quote ends: its words, and what is left to the writer. */
export interface Extent {
	quoted: string;
	rest: string;
}

/** As many whole lines as are found in the source, as one run of words. */
function wholeLines(source: string, lines: string[]): number {
	let found = 0;
	let words = '';
	for (const [index, line] of lines.entries()) {
		const more = wordsOf(line);
		if (more === '') continue;
		words = words === '' ? more : `${words} ${more}`;
		if (endOf(source, words, 0) < 0) break;
		found = index + 1;
	}
	return found;
}

/** The longest beginning of a line that is found and ends a sentence; '' when there is none. */
function sentences(source: string, line: string): string {
	const words = line.split(/(?<=\s)/);
	let tries = SENTENCE_TRIES;
	for (let count = words.length - 1; count >= FEWEST_WORDS && tries > 0; count--) {
		const start = words.slice(0, count).join('').trimEnd();
		if (!SENTENCE_END.test(start)) continue;
		tries--;
		if (endOf(source, wordsOf(start), 0) >= 0) return start;
	}
	return '';
}

/**
 * How far the lines under "NAME said," are found in a source's canonical words: as many whole lines
 * as possible, or whole sentences of the first. Null when the source does not have their beginning.
 */
export function extentIn(source: string, text: string): Extent | null {
	const lines = text.split('\n');
	const count = wholeLines(source, lines);
	if (count > 0) {
		return { quoted: lines.slice(0, count).join('\n'), rest: lines.slice(count).join('\n') };
	}
	const start = sentences(source, lines[0]);
	return start === '' ? null : { quoted: start, rest: text.slice(start.length).trimStart() };
}

/** Where an open-ended quote ends when no source has its words: at the next blank line. */
export function extentToBlankLine(text: string): Extent {
	const [quoted, ...rest] = text.trimStart().split(/\n[ \t]*\n/);
	return { quoted, rest: rest.join('\n\n') };
}

/** The share (0 to 1) of the words' distinct words that the source has; tells likely from unlikely sources. */
export function overlap(source: string, words: string): number {
	const wanted = new Set(words.toLowerCase().split(' '));
	const have = new Set(source.toLowerCase().split(' '));
	let shared = 0;
	for (const word of wanted) if (have.has(word)) shared++;
	return shared / wanted.size;
}
