import { escapeAroundAddresses, escapeLineStart, escapeRun, firstFaithful } from './escape.ts';

/** Marks around words. A link carries the address it leads to. */
export type Mark = { kind: 'em' | 'strong' | 's' } | { kind: 'link'; address: string };

const SIGNS = { em: '*', strong: '**', s: '~~' };
const NEEDS_READING_BACK = /:\/\/|@/;

interface OpenMark {
	mark: Mark;
	/** Where its opening sign stands in `marked`; -1 until the first word inside it comes. */
	at: number;
	/** Where its words begin in `words`. */
	wordsAt: number;
	/** How many elements mean it: `<b><strong>` is one mark and two elements. */
	elements: number;
}

/**
 * The inline content of one block while it is read: kept with its marks and as bare words, so that
 * the marks can be given up when they would change the words.
 */
export interface Line {
	marked: string[];
	words: string[];
	/** Text not yet escaped: the neighbours of a character decide whether it must be. */
	run: string;
	/** White space that waits for the next word. */
	gap: '' | ' ' | '\n';
	open: OpenMark[];
	risky: boolean;
}

/** An empty line. The marks that are open in the line before it are open in it too. */
export function begin(before?: Line): Line {
	const open = (before?.open ?? []).map((mark) => ({ ...mark, at: -1, wordsAt: 0 }));
	return { marked: [], words: [], run: '', gap: '', open, risky: false };
}

/** Whether the line has no words. */
export function isEmpty(line: Line): boolean {
	return line.run === '' && line.words.length === 0;
}

/** Whether a mark of a kind is open. */
export function isOpen(line: Line, kind: Mark['kind']): boolean {
	return line.open.some(({ mark }) => mark.kind === kind);
}

function endRun(line: Line): void {
	if (line.run === '') return;
	if (NEEDS_READING_BACK.test(line.run)) line.risky = true;
	const inLink = line.open.some(({ mark, at }) => mark.kind === 'link' && at >= 0);
	line.marked.push(inLink ? escapeRun(line.run, { inLink }) : escapeAroundAddresses(line.run));
	line.words.push(line.run);
	line.run = '';
}

/** Writes what waits before the next word: white space, then the signs of the marks that open here. */
function beforeWord(line: Line): void {
	if (line.gap === '\n') {
		endRun(line);
		if (line.words.length > 0) {
			line.marked.push('\n');
			line.words.push('\n');
		}
	} else if (line.gap === ' ' && !isEmpty(line)) line.run += ' ';
	line.gap = '';
	for (const open of line.open) {
		if (open.at >= 0) continue;
		endRun(line);
		line.risky = true;
		const last = line.marked.length - 1;
		if (open.mark.kind === 'link' && line.marked[last]?.endsWith('!')) {
			line.marked[last] = `${line.marked[last].slice(0, -1)}\\!`;
		}
		open.at = line.marked.length;
		open.wordsAt = line.words.length;
		line.marked.push(open.mark.kind === 'link' ? '[' : SIGNS[open.mark.kind]);
	}
}

/** Adds text as HTML has it: any run of white space is one space. */
export function addText(line: Line, text: string): void {
	for (const part of text.split(/([ \t\n\r\f]+)/)) {
		if (part === '') continue;
		if (/^[ \t\n\r\f]/.test(part)) {
			line.gap ||= ' ';
			continue;
		}
		beforeWord(line);
		line.run += part;
	}
}

/** Adds a line break; false when one waits already, so that a paragraph ends here. */
export function addBreak(line: Line): boolean {
	if (line.gap === '\n' || isEmpty(line)) return false;
	line.gap = '\n';
	return true;
}

/** Adds code within the line. */
export function addCode(line: Line, code: string): void {
	const text = code.replace(/\s+/g, ' ');
	if (text.trim() === '') return addText(line, text);
	beforeWord(line);
	endRun(line);
	line.risky = true;
	const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length));
	const ticks = '`'.repeat(longest + 1);
	const pad = /^[` ]|[` ]$/.test(text) ? ' ' : '';
	line.marked.push(ticks + pad + text + pad + ticks);
	line.words.push(text);
}

/** Opens a mark. One that is open already is not opened again, but needs one more closing; a link ends the one before. */
export function openMark(line: Line, mark: Mark): void {
	if (mark.kind === 'link') closeMark(line, 'link');
	const same = line.open.find((open) => open.mark.kind === mark.kind);
	if (same) same.elements++;
	else line.open.push({ mark, at: -1, wordsAt: 0, elements: 1 });
}

function closeLink(line: Line, open: OpenMark, address: string): void {
	const text = line.words.slice(open.wordsAt).join('');
	const isItself = text === address || `${text}/` === address;
	if (isItself && line.marked.length === open.at + 2 && address.startsWith('http')) {
		line.marked.splice(open.at, 2, `<${text}>`);
	} else {
		line.marked.push(`](${/[()&]/.test(address) ? `<${address.replace(/&/g, '\\&')}>` : address})`);
	}
}

/** Closes the marks from `index` on, the last one first, and gives them back. */
function closeFrom(line: Line, index: number): OpenMark[] {
	if (line.open.slice(index).some(({ at }) => at >= 0)) endRun(line);
	const closed = line.open.splice(index);
	for (const open of closed.toReversed()) {
		if (open.at < 0) continue;
		if (open.mark.kind === 'link') closeLink(line, open, open.mark.address);
		else line.marked.push(SIGNS[open.mark.kind]);
	}
	return closed;
}

/** Closes the open mark of a kind. Marks opened inside it are closed before it and opened again after it. */
export function closeMark(line: Line, kind: Mark['kind']): void {
	const index = line.open.findIndex(({ mark }) => mark.kind === kind);
	if (index < 0 || --line.open[index].elements > 0) return;
	const [, ...inner] = closeFrom(line, index);
	for (const open of inner) line.open.push({ ...open, at: -1 });
}

/** The line's Markdown, `\n` for each break. Closes what is open. */
export function finish(line: Line): string {
	closeFrom(line, 0);
	endRun(line);
	const words = line.words.join('');
	const marked = line.marked.join('').split('\n').map(escapeLineStart).join('\n');
	if (!line.risky) return marked;
	const plain = words.split('\n').map((part) => escapeLineStart(escapeRun(part)));
	return firstFaithful([marked, plain.join('\n')], words);
}
