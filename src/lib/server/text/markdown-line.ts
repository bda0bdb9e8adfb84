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
}

/**
 * The inline content of one block while it is read: kept in three ways, with its marks, without them,
 * and as bare words, so that the marks can be given up when they would change the words.
 */
export interface Line {
	marked: string[];
	plain: string[];
	words: string[];
	/** Text not yet escaped: the neighbours of a character decide whether it must be. */
	run: string;
	/** White space that waits for the next word. */
	gap: '' | ' ' | '\n';
	open: OpenMark[];
	risky: boolean;
}

/** An empty line in which these marks are open. */
export function begin(marks: Mark[] = []): Line {
	const open = marks.map((mark) => ({ mark, at: -1, wordsAt: 0 }));
	return { marked: [], plain: [], words: [], run: '', gap: '', open, risky: false };
}

/** Whether the line has no words. */
export function isEmpty(line: Line): boolean {
	return line.run === '' && line.words.length === 0;
}

function inLink(line: Line): boolean {
	return line.open.some(({ mark, at }) => mark.kind === 'link' && at >= 0);
}

function endRun(line: Line): void {
	if (line.run === '') return;
	if (NEEDS_READING_BACK.test(line.run)) line.risky = true;
	line.marked.push(
		inLink(line) ? escapeRun(line.run, { inLink: true }) : escapeAroundAddresses(line.run)
	);
	line.plain.push(escapeRun(line.run));
	line.words.push(line.run);
	line.run = '';
}

function addEverywhere(line: Line, text: string): void {
	line.marked.push(text);
	line.plain.push(text);
	line.words.push(text);
}

/** Writes what waits before the next word: white space, then the signs of the marks that open here. */
function beforeWord(line: Line): void {
	if (line.gap === '\n') {
		endRun(line);
		if (line.words.length > 0) addEverywhere(line, '\n');
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
	line.plain.push(escapeRun(text));
	line.words.push(text);
}

/** Opens a mark; one that is open already is not opened again. */
export function openMark(line: Line, mark: Mark): boolean {
	if (line.open.some((open) => open.mark.kind === mark.kind)) return false;
	line.open.push({ mark, at: -1, wordsAt: 0 });
	return true;
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

function writeClosing(line: Line, open: OpenMark): void {
	if (open.at < 0) return;
	endRun(line);
	if (open.mark.kind === 'link') closeLink(line, open, open.mark.address);
	else line.marked.push(SIGNS[open.mark.kind]);
}

/** Closes the open mark of a kind. Marks opened inside it are closed before it and opened again after it. */
export function closeMark(line: Line, kind: Mark['kind']): void {
	const index = line.open.findIndex(({ mark }) => mark.kind === kind);
	if (index < 0) return;
	const inner = line.open.splice(index);
	for (const open of inner.toReversed()) writeClosing(line, open);
	for (const { mark } of inner.slice(1)) line.open.push({ mark, at: -1, wordsAt: 0 });
}

/** The marks that are open, for the line that goes on after this one. */
export function openMarks(line: Line): Mark[] {
	return line.open.map(({ mark }) => mark);
}

/** The line's Markdown, `\n` for each break. Closes what is open. */
export function finish(line: Line): string {
	for (const open of line.open.splice(0).toReversed()) writeClosing(line, open);
	endRun(line);
	const [marked, plain] = [line.marked, line.plain].map((parts) =>
		parts.join('').split('\n').map(escapeLineStart).join('\n')
	);
	return line.risky ? firstFaithful([marked, plain], line.words.join('')) : marked;
}
