import { isId } from '../ids.ts';

/** A written body, taken apart: the writer's own Markdown and what is written as a quote. */
export type ParsedSegment = { text: string } | ParsedQuote;

/** Something written as a quote, before its source is looked for. */
export interface ParsedQuote {
	/** The name it is attributed to, as typed; '' when nobody is named. */
	name: string;
	/** What its attribution links to, if it links to something of ours. */
	link: { comment: string } | { article: string } | null;
	/** The quoted words, and quotes within. */
	segments: ParsedSegment[];
	/**
	 * The lines after a bare "NAME said," line run to where they stop being found in the source:
	 * only the source can tell, so they are all in here until then.
	 */
	openEnded: boolean;
	/** The attribution line as typed. */
	line: string;
}

// Names are at most 30 graphemes here; other software allowed more.
const NAME_LENGTH = 60;
// A name, "said," and an address; longer lines are prose.
const ATTRIBUTION_LENGTH = 240;
const NESTING = 8;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const MARKER = /^ {0,3}> ?/;
const BARE_ATTRIBUTION = /^\s*([^\s>*#[\]()`](?:[^\n[\]()]*[^\n[\]()\s])?)\s+(?:said|wrote)\s*[,:]\s*$/i;
const LINKED_ATTRIBUTION =
	/^\s*\[([^\n[\]]+?)\s+(?:said|wrote)\s*[,:]?\]\(([^()\s]+)\)\s*[,:]?\s*$/i;
const OPENING_TAG = /\[quote(?:=(?:"([^"\]\n]*)"|([^\]\n]*)))?\]/i;
const ANY_TAG = /\[quote(?:=(?:"[^"\]\n]*"|[^\]\n]*))?\]|\[\/quote\]/gi;

/** Whether a parsed segment is a quote. */
export function isParsedQuote(segment: ParsedSegment): segment is ParsedQuote {
	return 'segments' in segment;
}

/** What an attribution links to: `/c/ID` or `/articles/SLUG`, with or without an origin. */
function linkTarget(href: string): ParsedQuote['link'] {
	const path = href.replace(/^https?:\/\/[^/]+/i, '').replace(/[?#].*$/, '');
	const [, kind, name] = /^\/(c|articles)\/([^/]+)$/.exec(path) ?? [];
	if (kind === 'c' && isId(name)) return { comment: name };
	if (kind === 'articles' && name) return { article: name };
	return null;
}

/** The name and link of an attribution line, or null when the line is none. */
function attributionOf(line: string): Pick<ParsedQuote, 'name' | 'link'> | null {
	if (line.length > ATTRIBUTION_LENGTH) return null;
	const linked = LINKED_ATTRIBUTION.exec(line);
	if (linked) return { name: linked[1].trim(), link: linkTarget(linked[2]) };
	const bare = BARE_ATTRIBUTION.exec(line);
	if (bare && bare[1].length <= NAME_LENGTH) return { name: bare[1].trim(), link: null };
	return null;
}

/** The name in `[quote="NAME, post:3, topic:9"]`. */
function tagName(argument: string): string {
	return argument.replace(/,\s*(?:post|topic|full|username)\s*:.*$/i, '').trim();
}

/** Makes a quote of the lines inside it: an attribution may be their first. */
function quoteOf(inner: string, depth: number, name = ''): ParsedQuote {
	const lines = inner.split('\n');
	const first = lines.findIndex((line) => line.trim() !== '');
	const attribution = name === '' && first >= 0 ? attributionOf(lines[first]) : null;
	const rest = attribution ? lines.slice(first + 1).join('\n') : inner;
	return {
		name: attribution?.name ?? name,
		link: attribution?.link ?? null,
		segments: parseAt(rest, depth + 1),
		openEnded: false,
		line: attribution ? lines[first] : ''
	};
}

/** Where the tag that closes the one ending at `from` begins and ends; null when it is never closed. */
function closingTag(source: string, from: number): { start: number; end: number } | null {
	let open = 1;
	ANY_TAG.lastIndex = from;
	for (let tag = ANY_TAG.exec(source); tag; tag = ANY_TAG.exec(source)) {
		open += tag[0].startsWith('[/') ? -1 : 1;
		if (open === 0) return { start: tag.index, end: ANY_TAG.lastIndex };
	}
	return null;
}

/** Collects own lines, and turns them into a segment when a quote comes. */
class Parts {
	segments: ParsedSegment[] = [];
	#lines: string[] = [];

	line(line: string): void {
		this.#lines.push(line);
	}

	quote(quote: ParsedQuote): void {
		this.finish();
		this.segments.push(quote);
	}

	finish(): ParsedSegment[] {
		const text = this.#lines.join('\n').replace(/^(?:[ \t]*\n)+|\s+$/g, '');
		if (text !== '') this.segments.push({ text });
		this.#lines = [];
		return this.segments;
	}
}

/** Takes the blockquote that begins at line `start`; lazy continuation lines are the writer's own. */
function blockquoteEnd(lines: string[], start: number): number {
	let end = start;
	while (end < lines.length && MARKER.test(lines[end])) end++;
	return end;
}

/** Where the own text after a bare attribution may reach at most: the next quote of any kind. */
function openEnd(lines: string[], start: number): number {
	let end = start;
	while (
		end < lines.length &&
		!MARKER.test(lines[end]) &&
		!FENCE.test(lines[end]) &&
		!OPENING_TAG.test(lines[end]) &&
		!attributionOf(lines[end])
	) {
		end++;
	}
	return end;
}

/** Parses `[quote]` tags whose opening is in `line`; returns the lines that follow, or null for no tag pair. */
function takeTag(
	lines: string[],
	at: number,
	depth: number
): { before: string; quote: ParsedQuote; rest: string[] } | null {
	const opening = OPENING_TAG.exec(lines[at]);
	if (!opening) return null;
	const source = lines.slice(at).join('\n');
	const inside = opening.index + opening[0].length;
	const closing = closingTag(source, inside);
	if (!closing) return null;
	return {
		before: source.slice(0, opening.index),
		quote: quoteOf(
			source.slice(inside, closing.start).trim(),
			depth,
			tagName(opening[1] ?? opening[2] ?? '')
		),
		rest: source.slice(closing.end).split('\n')
	};
}

function parseAt(source: string, depth: number): ParsedSegment[] {
	const parts = new Parts();
	let lines = source.split('\n');
	if (depth > NESTING) return source.trim() === '' ? [] : [{ text: source.trim() }];
	let fence = '';
	for (let at = 0; at < lines.length; at++) {
		const line = lines[at];
		const marker = FENCE.exec(line)?.[1] ?? '';
		if (fence !== '') {
			if (marker.startsWith(fence)) fence = '';
			parts.line(line);
			continue;
		}
		if (marker !== '') {
			fence = marker;
			parts.line(line);
			continue;
		}
		if (MARKER.test(line)) {
			const end = blockquoteEnd(lines, at);
			const inner = lines.slice(at, end).map((quoted) => quoted.replace(MARKER, ''));
			parts.quote(quoteOf(inner.join('\n'), depth));
			at = end - 1;
			continue;
		}
		const tag = takeTag(lines, at, depth);
		if (tag) {
			parts.line(tag.before);
			parts.quote(tag.quote);
			lines = tag.rest;
			at = -1;
			continue;
		}
		const attribution = attributionOf(line);
		const end = attribution ? openEnd(lines, at + 1) : at;
		const following = lines.slice(at + 1, end).join('\n');
		if (attribution && following.trim() !== '') {
			parts.quote({ ...attribution, segments: [{ text: following }], openEnded: true, line });
			at = end - 1;
			continue;
		}
		parts.line(line);
	}
	return parts.finish();
}

/**
 * Takes a written body apart into own text and quotes: Markdown blockquotes (with `[NAME said,](/c/ID)`
 * or `NAME said,` as their first line or with none), `[quote=NAME]…[/quote]`, and a bare `NAME said,`
 * line with what is under it. Nothing is read inside fenced code. Linear in the length of the text
 * but for unclosed `[quote]` tags, whose number `assertRenderable` bounds.
 */
export function parse(source: string): ParsedSegment[] {
	return parseAt(source, 0);
}
