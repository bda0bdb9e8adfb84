import { NESTING_MAX, type TextKind } from './caps.ts';
import { begin, finish, isEmpty, type Line } from './markdown-line.ts';

type Kind = 'quote' | 'list' | 'item';

/** What a block stands in. */
type Container =
	| { kind: 'root'; lastMark: string }
	| { kind: 'quote'; lastMark: string; attribution: string }
	| { kind: 'list'; mark: string; ordered: boolean; number: number }
	| { kind: 'item'; lastMark: string; marker: string; fresh: boolean };

/** Markdown while it is written. */
export interface Writer {
	out: string[];
	path: Container[];
	/** Quotes, lists and items deeper than the renderer shows: their text stays, their marks do not. */
	ghosts: Kind[];
	/** Where the last block stood. */
	lastPath: Container[];
	/** An attribution was just written: its quote follows on the next line. */
	attributed: boolean;
	line: Line;
	/** 1 to 6 within a heading, else 0. */
	heading: number;
	kind: TextKind;
}

// What a line break within a paragraph is: articles need two spaces before it.
const BREAKS: Record<TextKind, string> = { comment: '\n', article: '  \n' };
const NUMBER_MAX = 999_999_999;
// Nothing nests as deep; without an end, closing them would be quadratic.
const GHOSTS_MAX = 1_000;

/** An empty text of a kind. */
export function start(kind: TextKind): Writer {
	const root: Container = { kind: 'root', lastMark: '' };
	return {
		out: [],
		path: [root],
		ghosts: [],
		lastPath: [],
		attributed: false,
		line: begin(),
		heading: 0,
		kind
	};
}

function prefixOf(path: Container[], first: boolean): string {
	let prefix = '';
	for (const container of path) {
		if (container.kind === 'quote') prefix += '> ';
		if (container.kind !== 'item') continue;
		const { marker, fresh } = container;
		prefix += first && fresh ? marker : ' '.repeat(marker.length);
	}
	return prefix;
}

function sharedPath(a: Container[], b: Container[]): Container[] {
	const end = a.findIndex((container, index) => container !== b[index]);
	return end < 0 ? a : a.slice(0, end);
}

/** Whether this block begins an item right after its list's last one, or a bullet list right under its item's text. */
function joinsList(path: Container[], lastPath: Container[], shared: number): boolean {
	const next = path[shared];
	if (next?.kind === 'item') return next.fresh && lastPath[shared]?.kind === 'item';
	return next?.kind === 'list' && !next.ordered && path[shared - 1].kind === 'item';
}

function writeLines(writer: Writer, path: Container[], lines: string[]): void {
	const shared = sharedPath(path, writer.lastPath);
	const joins = writer.attributed || joinsList(path, writer.lastPath, shared.length);
	if (writer.out.length > 0 && !joins) writer.out.push(prefixOf(shared, false).trimEnd());
	writer.attributed = false;
	for (const [index, line] of lines.entries()) {
		const prefix = prefixOf(path, index === 0);
		writer.out.push(line === '' ? prefix.trimEnd() : prefix + line);
	}
	for (const container of path) if (container.kind === 'item') container.fresh = false;
	writer.lastPath = [...path];
}

/** Writes one block where the writer stands, after the attributions that wait for their first block. */
export function writeBlock(writer: Writer, lines: string[]): void {
	for (const [index, container] of writer.path.entries()) {
		if (container.kind !== 'quote' || container.attribution === '') continue;
		writeLines(writer, writer.path.slice(0, index + 1), [container.attribution]);
		container.attribution = '';
		writer.attributed = true;
	}
	writeLines(writer, writer.path, lines);
	const innermost = writer.path.findLast((container) => 'lastMark' in container);
	if (innermost) innermost.lastMark = '';
}

/** Ends the paragraph or heading: writes it if it has words. Marks still open go on in the next one. */
export function endParagraph(writer: Writer): void {
	const { line } = writer;
	writer.line = begin(line);
	if (isEmpty(line)) return;
	const text = finish(line);
	if (writer.heading === 0)
		writeBlock(writer, text.replaceAll('\n', BREAKS[writer.kind]).split('\n'));
	else {
		// A run of "#" at the end would be taken for the heading's own.
		const title = text.replaceAll('\n', ' ').replace(/(^|\s)(#+)$/, '$1\\$2');
		writeBlock(writer, [`${'#'.repeat(writer.heading)} ${title}`]);
	}
}

/** Counts a container that is too deep to be shown; false when this one may be shown. */
function isGhost(writer: Writer, kind: Kind): boolean {
	const depth = writer.path.filter(({ kind }) => kind === 'quote' || kind === 'list').length;
	if (writer.ghosts.length === 0 && (kind === 'item' || depth < NESTING_MAX)) return false;
	if (writer.ghosts.length < GHOSTS_MAX) writer.ghosts.push(kind);
	return true;
}

/** Opens a quote; `attribution` is its first line, if it is not empty. */
export function openQuote(writer: Writer, attribution: string): void {
	endParagraph(writer);
	if (isGhost(writer, 'quote')) return;
	writer.path.push({ kind: 'quote', lastMark: '', attribution });
}

/** Opens a list. Right after another one of its kind it takes the other mark, else they would be one. */
export function openList(writer: Writer, ordered: boolean, first: number): void {
	endParagraph(writer);
	if (isGhost(writer, 'list')) return;
	const parent = writer.path.findLast((container) => 'lastMark' in container);
	const marks = ordered ? ['.', ')'] : ['-', '*'];
	const mark = parent?.lastMark === marks[0] ? marks[1] : marks[0];
	if (parent) parent.lastMark = mark;
	writer.path.push({ kind: 'list', mark, ordered, number: first });
}

/** Opens an item of the innermost list, or of a new one if there is none. `number` overrides the list's count. */
export function openItem(writer: Writer, number: number | null): void {
	endParagraph(writer);
	if (isGhost(writer, 'item')) return;
	if (writer.path.at(-1)?.kind === 'item') writer.path.pop();
	if (writer.path.at(-1)?.kind !== 'list') openList(writer, false, 1);
	const list = writer.path.at(-1);
	if (list?.kind !== 'list') return;
	const count = Math.min(number ?? list.number, NUMBER_MAX);
	list.number = count + 1;
	const marker = list.ordered ? `${count}${list.mark} ` : `${list.mark} `;
	writer.path.push({ kind: 'item', lastMark: '', marker, fresh: true });
}

/** Closes the innermost quote, list or item, and what was left open in it. */
export function close(writer: Writer, kind: Kind): void {
	endParagraph(writer);
	const ghost = writer.ghosts.lastIndexOf(kind);
	if (ghost >= 0) {
		writer.ghosts.length = ghost;
		return;
	}
	const index = writer.path.findLastIndex((container) => container.kind === kind);
	if (index < 0) return;
	writer.ghosts.length = 0;
	writer.path.length = index;
}

/** The text so far. */
export function finishText(writer: Writer): string {
	endParagraph(writer);
	return writer.out.join('\n');
}
