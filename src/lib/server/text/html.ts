import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import type { TextKind } from './caps.ts';
import {
	closeElement,
	endCode,
	NOT_TEXT,
	openElement,
	type Attributes,
	type Reading
} from './html-elements.ts';
import * as lines from './markdown-line.ts';
import * as blocks from './markdown-writer.ts';
import { normaliseText } from './normalise.ts';

function onOpen(reading: Reading, name: string, attributes: Attributes): void {
	if (reading.skipping !== '') return;
	if (reading.code) {
		if (name === 'br') reading.code.text += '\n';
		return;
	}
	openElement(reading, name, attributes);
	if (NOT_TEXT.has(name)) reading.skipping = name;
}

function onClose(reading: Reading, name: string): void {
	if (reading.skipping !== '') {
		if (reading.skipping === name) reading.skipping = '';
	} else if (reading.code) {
		if (reading.code.element === name) endCode(reading);
	} else closeElement(reading, name);
}

function onText(reading: Reading, text: string): void {
	if (reading.skipping !== '') return;
	if (reading.code) reading.code.text += text;
	else lines.addText(reading.writer.line, text);
}

/** The tokenizer's events as elements with attributes, and text. It keeps no stack, so that depth costs nothing. */
function callbacks(html: string, reading: Reading): TokenizerCallbacks {
	let name = '';
	let attributes: Attributes = {};
	let attribute = '';
	let value = '';
	const slice = (start: number, end: number): string => html.slice(start, end);
	const opened = (): void => onOpen(reading, name, attributes);
	const ignored = (): void => {};
	return {
		onopentagname(start, end) {
			name = slice(start, end).toLowerCase();
			attributes = Object.create(null) as Attributes;
		},
		onattribname(start, end) {
			attribute = slice(start, end).toLowerCase();
			value = '';
		},
		onattribdata(start, end) {
			value += slice(start, end);
		},
		onattribentity(codePoint) {
			value += String.fromCodePoint(codePoint);
		},
		onattribend() {
			attributes[attribute] ??= value;
		},
		onopentagend: opened,
		onselfclosingtag: opened,
		onclosetag: (start, end) => onClose(reading, slice(start, end).toLowerCase()),
		ontext: (start, end) => onText(reading, slice(start, end)),
		ontextentity: (codePoint) => onText(reading, String.fromCodePoint(codePoint)),
		oncdata: ignored,
		oncomment: ignored,
		ondeclaration: ignored,
		onprocessinginstruction: ignored,
		onend: ignored
	};
}

/**
 * Foreign HTML as Markdown for `renderMarkdown`, in time linear in its length. Paragraphs, breaks,
 * emphasis, links, lists, quotes, code, headings and rules keep their form (in a comment a heading is
 * bold), pictures and embedded media become links, and the words of all else stay. Text is escaped, so
 * that none of it becomes markup, and emphasis that Markdown cannot say is left out. A quote with
 * `data-author`, or a `cite` of the form `/c/ID`, begins with the line `NAME said,`, linked if it can be.
 */
export function htmlToMarkdown(html: string, options: { kind?: TextKind } = {}): string {
	const source = normaliseText(html);
	const writer = blocks.start(options.kind ?? 'article');
	const reading: Reading = { writer, skipping: '', code: null, afterCell: false };
	const tokenizer = new Tokenizer({ decodeEntities: true }, callbacks(source, reading));
	tokenizer.write(source);
	tokenizer.end();
	endCode(reading);
	return normaliseText(blocks.finishText(writer));
}
