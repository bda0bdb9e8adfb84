import { safeAddress } from './addresses.ts';
import { escapeRun } from './escape.ts';
import * as lines from './markdown-line.ts';
import * as blocks from './markdown-writer.ts';
import { normaliseLine } from './normalise.ts';

/** An element's attributes by lower-case name. */
export type Attributes = Record<string, string | undefined>;

/** HTML while it is read, and where it goes. */
export interface Reading {
	writer: blocks.Writer;
	/** The element whose content is not text, if we are in one. */
	skipping: string;
	/** Code within a line, or a block of it, while its text is gathered. */
	code: { element: string; text: string } | null;
	/** A cell came before in this table row. */
	afterCell: boolean;
}

/** Elements whose content is no text. */
export const NOT_TEXT = new Set(['script', 'style', 'title', 'noembed', 'noframes', 'iframe']);
const EMBEDDED = new Set(['iframe', 'video', 'audio', 'embed']);
const PARAGRAPHS = new Set(
	(
		'address article aside body caption center dd details dialog div dl dt fieldset figcaption ' +
		'figure footer form head header html legend main nav p section summary table tbody tfoot thead'
	).split(' ')
);
const MARKS = new Map<string, 'em' | 'strong' | 's'>([
	['em', 'em'],
	['i', 'em'],
	['strong', 'strong'],
	['b', 'strong'],
	['s', 's'],
	['del', 's'],
	['strike', 's']
]);
const HEADING = /^h([1-6])$/;
const COMMENT_ADDRESS = /^(?:https?:\/\/[^/?#]+)?\/c\/[^/?#]+$/;
/** "Somebody said," where only the comment is known: the name is never trusted, the link is. */
const SOMEBODY = 'Somebody';

/** The first line of a quote that says whose it is; '' when the element does not tell. */
function attributionOf(attributes: Attributes): string {
	const author = attributes['data-author'] ?? attributes['data-username'] ?? '';
	const name = normaliseLine(author).replace(/[[\]]/g, '');
	const cited = safeAddress(attributes.cite ?? '') ?? '';
	const link = COMMENT_ADDRESS.test(cited) ? cited : '';
	if (link !== '') return `[${escapeRun(name || SOMEBODY)} said,](${link})`;
	return name === '' ? '' : `${escapeRun(name)} said,`;
}

function numberOf(attribute: string | undefined): number | null {
	return attribute !== undefined && /^\d{1,9}$/.test(attribute) ? Number(attribute) : null;
}

/** Writes a link whose text is not in the HTML: a picture's description, or the address itself. */
function addLink(reading: Reading, address: string, text: string): void {
	const { line } = reading.writer;
	const opens = address !== '' && !lines.isOpen(line, 'link');
	if (opens) lines.openMark(line, { kind: 'link', address });
	lines.addText(line, text || address);
	if (opens) lines.closeMark(line, 'link');
}

function openHeading(writer: blocks.Writer, level: number): void {
	blocks.endParagraph(writer);
	// A comment has no headings: bold says as much.
	if (writer.kind === 'comment') lines.openMark(writer.line, { kind: 'strong' });
	else writer.heading = level;
}

function closeHeading(writer: blocks.Writer): void {
	if (writer.kind === 'comment') lines.closeMark(writer.line, 'strong');
	blocks.endParagraph(writer);
	writer.heading = 0;
}

/** What an element's start tag does. */
export function openElement(reading: Reading, name: string, attributes: Attributes): void {
	const { writer } = reading;
	const { line } = writer;
	const mark = MARKS.get(name);
	const heading = HEADING.exec(name);
	if (EMBEDDED.has(name)) addLink(reading, safeAddress(attributes.src ?? '') ?? '', '');
	if (mark) lines.openMark(line, { kind: mark });
	else if (heading) openHeading(writer, Number(heading[1]));
	else if (PARAGRAPHS.has(name)) blocks.endParagraph(writer);
	switch (name) {
		case 'br':
			if (!lines.addBreak(line)) blocks.endParagraph(writer);
			break;
		case 'hr':
			blocks.endParagraph(writer);
			blocks.writeBlock(writer, ['___']);
			break;
		case 'a': {
			const address = safeAddress(attributes.href ?? '');
			if (address !== null) lines.openMark(line, { kind: 'link', address });
			break;
		}
		case 'img':
			addLink(reading, safeAddress(attributes.src ?? '') ?? '', attributes.alt ?? '');
			break;
		case 'blockquote':
			blocks.openQuote(writer, attributionOf(attributes));
			break;
		case 'ul':
			blocks.openList(writer, false, 1);
			break;
		case 'ol':
			blocks.openList(writer, true, numberOf(attributes.start) ?? 1);
			break;
		case 'li':
			blocks.openItem(writer, numberOf(attributes.value));
			break;
		case 'tr':
			if (!lines.addBreak(line)) blocks.endParagraph(writer);
			reading.afterCell = false;
			break;
		case 'td':
		case 'th':
			if (reading.afterCell) lines.addText(line, ' | ');
			reading.afterCell = true;
			break;
		case 'pre':
			blocks.endParagraph(writer);
			reading.code = { element: name, text: '' };
			break;
		case 'code':
			reading.code = { element: name, text: '' };
	}
}

/** What an element's end tag does. */
export function closeElement(reading: Reading, name: string): void {
	const { writer } = reading;
	const mark = MARKS.get(name);
	if (mark) lines.closeMark(writer.line, mark);
	else if (HEADING.test(name)) closeHeading(writer);
	else if (PARAGRAPHS.has(name)) blocks.endParagraph(writer);
	else if (name === 'a') lines.closeMark(writer.line, 'link');
	else if (name === 'blockquote') blocks.close(writer, 'quote');
	else if (name === 'ul' || name === 'ol') blocks.close(writer, 'list');
	else if (name === 'li') blocks.close(writer, 'item');
}

/** Writes the code that was gathered, if there is any. */
export function endCode(reading: Reading): void {
	const { code, writer } = reading;
	reading.code = null;
	if (code?.element === 'code') lines.addCode(writer.line, code.text);
	if (code?.element !== 'pre') return;
	const text = code.text.replace(/^\n|\n$/g, '');
	if (text.trim() === '') return;
	const longest = Math.max(2, ...(text.match(/`{3,}/g) ?? []).map((ticks) => ticks.length));
	const fence = '`'.repeat(longest + 1);
	blocks.writeBlock(writer, [fence, ...text.split('\n'), fence]);
}
