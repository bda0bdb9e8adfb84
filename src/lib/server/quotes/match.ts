import type { TextKind } from '../text/caps.ts';
import { canonicalWords } from '../text/canonical.ts';
import { plainText } from '../text/plain.ts';

// "[…]", "…" and "..." join pieces; canonical text writes the ellipsis as three dots.
const JOINT = /\[\.\.\.\]|\.{3,}/;
const WORD_CHARACTER = /[\p{L}\p{N}\p{M}]/u;
// Within a word after UAX 29: an apostrophe between letters, a point or comma between digits. "I can"
// is not what somebody said who said "I can't".
const WITHIN_WORD = /[\p{L}\p{M}]'\p{L}|\p{N}[.,']\p{N}/u;
// Fewer words than this say nothing about where a quote ends within a line.
const FEWEST_WORDS = 3;
const SENTENCE_END = /[.!?]["')\]]*$/;

/** Markdown as canonical words: what matching compares. */
export function wordsOf(markdown: string, kind: TextKind = 'comment'): string {
	return canonicalWords(plainText(markdown, { kind }));
}

function characterFrom(text: string, index: number): string {
	const code = text.codePointAt(index);
	return code === undefined ? '' : String.fromCodePoint(code);
}

function characterUpTo(text: string, index: number): string {
	const two = text.slice(Math.max(0, index - 2), index);
	return two === characterFrom(two, 0) ? two : text.slice(Math.max(0, index - 1), index);
}

/** Whether a place in a text is within a word. */
function isWithinWord(text: string, index: number): boolean {
	if (index <= 0 || index >= text.length) return false;
	const [left, right] = [characterUpTo(text, index), characterFrom(text, index)];
	if (WORD_CHARACTER.test(left)) {
		if (WORD_CHARACTER.test(right)) return true;
		return WITHIN_WORD.test(left + right + characterFrom(text, index + right.length));
	}
	return WITHIN_WORD.test(characterUpTo(text, index - left.length) + left + right);
}

/** The index just after `piece` in `source` as whole words, looked for from `from`; -1 when it is not there. */
function endOf(source: string, piece: string, from: number): number {
	for (let at = source.indexOf(piece, from); at >= 0; at = source.indexOf(piece, at + 1)) {
		const end = at + piece.length;
		if (!isWithinWord(source, at) && !isWithinWord(source, end)) return end;
	}
	return -1;
}

/**
 * Where canonical `words` begin in canonical `source`: in one run, or in pieces joined by an ellipsis, in
 * order; -1 when they do not stand there.
 */
export function startIn(source: string, words: string): number {
	if (words === '') return -1;
	const end = endOf(source, words, 0);
	if (end >= 0) return end - words.length;
	const pieces = words
		.split(JOINT)
		.map((piece) => piece.trim())
		.filter((piece) => piece !== '');
	if (pieces.length === 0 || (pieces.length === 1 && pieces[0] === words)) return -1;
	let start = -1;
	let from = 0;
	for (const piece of pieces) {
		from = endOf(source, piece, from);
		if (from < 0) return -1;
		if (start < 0) start = from - piece.length;
	}
	return start;
}

/** Whether canonical `words` stand in canonical `source`; see `startIn`. */
export function isIn(source: string, words: string): boolean {
	return startIn(source, words) >= 0;
}

/** Where an open-ended quote ends: its words, and what is left to the writer. */
export interface Extent {
	quoted: string;
	rest: string;
}

type ReadWords = (markdown: string) => string;

/** As many whole lines as are found in the source, as one run of words. */
function wholeLines(source: string, lines: string[], read: ReadWords): number {
	let found = 0;
	let words = '';
	for (const [index, line] of lines.entries()) {
		const more = read(line);
		if (more === '') continue;
		words = words === '' ? more : `${words} ${more}`;
		if (endOf(source, words, 0) < 0) break;
		found = index + 1;
	}
	return found;
}

/** The beginnings of a line that end a sentence, shortest first. */
function sentencesOf(line: string): string[] {
	const words = line.split(/(?<=\s)/);
	const starts: string[] = [];
	let start = '';
	for (const [index, word] of words.entries()) {
		start += word;
		const ends = index + 1 >= FEWEST_WORDS && SENTENCE_END.test(word.trimEnd());
		if (ends) starts.push(start.trimEnd());
	}
	return starts;
}

/** The longest beginning of a line that is found and ends a sentence; '' when there is none. */
function sentences(source: string, line: string, read: ReadWords): string {
	const starts = sentencesOf(line);
	// When one is found, so is each shorter one: halving finds the longest.
	let [found, missing] = [-1, starts.length];
	while (missing - found > 1) {
		const middle = (found + missing) >> 1;
		if (endOf(source, read(starts[middle]), 0) >= 0) found = middle;
		else missing = middle;
	}
	return starts[found] ?? '';
}

/**
 * How far the lines under "NAME said," are found in a source's canonical words: as many whole lines
 * as possible, or whole sentences of the first. Null when the source does not have their beginning.
 * @param read `wordsOf`, or the same with a memory: many sources are asked about one text.
 */
export function extentIn(
	source: string,
	written: string,
	read: ReadWords = wordsOf
): Extent | null {
	const text = written.replace(/^(?:[ \t]*\n)+/, '');
	const lines = text.split('\n');
	const count = wholeLines(source, lines, read);
	if (count > 0) {
		return { quoted: lines.slice(0, count).join('\n'), rest: lines.slice(count).join('\n') };
	}
	const start = sentences(source, lines[0], read);
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
