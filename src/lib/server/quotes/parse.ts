import { NESTING_MAX } from '../text/caps.ts';
import { nameFrom, readAttribution, type Attribution } from './attribution.ts';

/** A written body, taken apart: the writer's own Markdown and what is written as a quote. */
export type ParsedSegment = { text: string } | ParsedQuote;

/** Something written as a quote, before its source is looked for; `name` is '' when nobody is named. */
export interface ParsedQuote extends Attribution {
	/** The quoted words, and quotes within. */
	segments: ParsedSegment[];
	/**
	 * The lines after a bare "NAME said," line run to where they stop being found in the source:
	 * only the source can tell, so they are all in here until then.
	 */
	openEnded: boolean;
	/** The attribution line as typed; '' without one. */
	line: string;
	/** Whether own words stand right above it, so that it would be one paragraph with them if it is none. */
	tight: boolean;
}

/** Quotes that are taken from one text; what is written as one beyond them stays own text. */
export const QUOTES_MAX = 100;
const OPENING_FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
const CLOSING_FENCE = /^ {0,3}(`{3,}|~{3,})[ \t]*$/;
const MARKER = /^ {0,3}> ?/;
const OPENING_TAG = /\[quote(?:=(?:"([^"\]\n]*)"|([^\]\n]*)))?\]/i;
const ANY_TAG = /\[quote(?:=(?:"[^"\]\n]*"|[^\]\n]*))?\]|\[\/quote\]/gi;
const TAG_DETAILS = /,\s*(?:post|topic|full|username)\s*:.*$/i;

/** Whether a parsed segment is a quote. */
export function isParsedQuote(segment: ParsedSegment): segment is ParsedQuote {
	return 'segments' in segment;
}

/** Where reading stands. Each quote costs a search, also the tags that are never closed, so there is a bound. */
interface Place {
	lines: string[];
	at: number;
	depth: number;
	budget: { quotes: number };
}

/** What was taken: what stands before the quote, if there is one, and where to go on. */
interface Taken {
	before: string[];
	quote: ParsedQuote | null;
	then: Pick<Place, 'lines' | 'at'>;
}

/** Makes a quote of the text inside it: an attribution may be its first line. Null when it has no words. */
function quoteOf(place: Place, inner: string, name = ''): ParsedQuote | null {
	const lines = inner.split('\n');
	const first = lines.findIndex((line) => line.trim() !== '');
	const rest = lines.slice(first + 1).join('\n');
	const isNamed = name === '' && first >= 0 && rest.trim() !== '';
	const attribution = isNamed ? readAttribution(lines[first]) : null;
	const segments = parseAt(attribution ? rest : inner, place.depth + 1, place.budget);
	if (segments.length === 0) return null;
	return {
		...(attribution ?? { name, link: null }),
		segments,
		openEnded: false,
		line: attribution ? lines[first] : '',
		tight: false
	};
}

/** Takes fenced code as the writer's own words. */
function takeFenced({ lines, at }: Place): Taken | null {
	const fence = OPENING_FENCE.exec(lines[at])?.[1];
	if (!fence) return null;
	let end = at + 1;
	while (end < lines.length && !CLOSING_FENCE.exec(lines[end])?.[1].startsWith(fence)) end++;
	return { before: lines.slice(at, end + 1), quote: null, then: { lines, at: end + 1 } };
}

/** Takes the blockquote that begins here; lazy continuation lines are the writer's own. */
function takeBlockquote(place: Place): Taken | null {
	const { lines, at } = place;
	let end = at;
	while (end < lines.length && MARKER.test(lines[end])) end++;
	if (end === at || place.budget.quotes-- <= 0) return null;
	const inner = lines.slice(at, end).map((line) => line.replace(MARKER, ''));
	const quote = quoteOf(place, inner.join('\n'));
	return { before: [], quote, then: { lines, at: end } };
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

/** The lines with an own one at `at` broken before the tag that opens in it; as they are without one. */
function brokenAtTag(lines: string[], at: number): string[] {
	const isOwn = !MARKER.test(lines[at]) && !OPENING_FENCE.test(lines[at]);
	const opening = isOwn ? OPENING_TAG.exec(lines[at]) : null;
	const before = opening ? lines[at].slice(0, opening.index) : '';
	if (before.trim() === '') return lines;
	return [...lines.slice(0, at), before, lines[at].slice(before.length), ...lines.slice(at + 1)];
}

/** Takes a pair of `[quote]` tags that opens in this line. */
function takeTag(place: Place): Taken | null {
	const opening = OPENING_TAG.exec(place.lines[place.at]);
	if (!opening || place.budget.quotes-- <= 0) return null;
	const source = place.lines.slice(place.at).join('\n');
	const inside = opening.index + opening[0].length;
	const closing = closingTag(source, inside);
	if (!closing) return null;
	// In `[quote="NAME, post:3, topic:9"]` only the name is of use here.
	const name = nameFrom((opening[1] ?? opening[2] ?? '').replace(TAG_DETAILS, ''));
	const quote = quoteOf(place, source.slice(inside, closing.start).trim(), name);
	if (!quote) return null;
	const rest = source.slice(closing.end).split('\n');
	return { before: [source.slice(0, opening.index)], quote, then: { lines: rest, at: 0 } };
}

/** Where what follows a bare attribution ends at the latest: at the next quote of any kind. */
function openEnd(lines: string[], from: number): number {
	let end = from;
	while (
		end < lines.length &&
		!MARKER.test(lines[end]) &&
		!OPENING_FENCE.test(lines[end]) &&
		!OPENING_TAG.test(lines[end]) &&
		!readAttribution(lines[end])
	) {
		end++;
	}
	return end;
}

/** Takes a bare "NAME said," line with all that may belong to it. */
function takeAttributed(place: Place): Taken | null {
	const { at, budget } = place;
	const attribution = readAttribution(place.lines[at]);
	if (!attribution || budget.quotes-- <= 0) return null;
	const limit = openEnd(place.lines, at + 1);
	// What stands before a tag on its line may belong to it as well.
	const lines = limit < place.lines.length ? brokenAtTag(place.lines, limit) : place.lines;
	const end = limit + lines.length - place.lines.length;
	const text = lines.slice(at + 1, end).join('\n');
	if (text.trim() === '') return null;
	const tight = at > 0 && lines[at - 1].trim() !== '';
	const line = lines[at];
	const quote = { ...attribution, segments: [{ text }], openEnded: true, line, tight };
	return { before: [], quote, then: { lines, at: end } };
}

function takeLine({ lines, at }: Place): Taken {
	return { before: [lines[at]], quote: null, then: { lines, at: at + 1 } };
}

/** Own lines as a segment, without the empty lines around them; nothing when they are all empty. */
function ownSegment(lines: string[]): ParsedSegment[] {
	const text = lines
		.join('\n')
		.replace(/^(?:[ \t]*\n)+/, '')
		.trimEnd();
	return text === '' ? [] : [{ text }];
}

function parseAt(source: string, depth: number, budget: Place['budget']): ParsedSegment[] {
	if (depth > NESTING_MAX) return ownSegment([source]);
	const segments: ParsedSegment[] = [];
	const place: Place = { lines: source.split('\n'), at: 0, depth, budget };
	let own: string[] = [];
	while (place.at < place.lines.length) {
		const { before, quote, then } =
			takeFenced(place) ??
			takeBlockquote(place) ??
			takeTag(place) ??
			takeAttributed(place) ??
			takeLine(place);
		own.push(...before);
		if (quote) {
			segments.push(...ownSegment(own), quote);
			own = [];
		}
		Object.assign(place, then);
	}
	return [...segments, ...ownSegment(own)];
}

/**
 * Takes a written body apart into own text and quotes: Markdown blockquotes (with `[NAME said,](/c/ID)`
 * or `NAME said,` as their first line or with none), `[quote=NAME]…[/quote]`, and a bare `NAME said,`
 * line with what is under it. Nothing is read inside fenced code.
 */
export function parse(source: string): ParsedSegment[] {
	return parseAt(source, 0, { quotes: QUOTES_MAX });
}
