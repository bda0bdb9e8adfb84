import type { Read } from '../database/database.ts';
import { isParsedQuote, parse, QUOTES_MAX, type ParsedSegment } from '../quotes/parse.ts';
import type { QuotingContext } from '../quotes/sources.ts';
import { invalid } from '../refusal.ts';
import { assertRenderable, TextTooComplex, TextTooLong } from '../text/caps.ts';
import { normaliseText } from '../text/normalise.ts';
import { plainText } from '../text/plain.ts';
import type { Block } from './body.ts';
import { composeParsed, type Composed, type ExistingQuote } from './compose.ts';

// A comment of nothing but marks and invisible characters shows nothing.
const SEEN = /[^\s\p{Default_Ignorable_Code_Point}]/u;
const SEEN_IN_HTML = /(?:^|>)[^<]*?[^\s\p{Default_Ignorable_Code_Point}<]/u;

/** Whether a rendered block shows something; a quote was looked at with the text that it stands in. */
function isSeen(block: Block): boolean {
	return 'quote' in block || SEEN_IN_HTML.test(block.html);
}

/** The refusal for what cannot be rendered; anything else is thrown on. */
function refusalFor(error: unknown): unknown {
	const isCap = error instanceof TextTooLong || error instanceof TextTooComplex;
	return isCap ? invalid(error.code, error.message, 'body') : error;
}

function countQuotes(segments: ParsedSegment[]): number {
	return segments
		.filter(isParsedQuote)
		.reduce((count, quote) => count + 1 + countQuotes(quote.segments), 0);
}

/** A comment's text as it came from outside: controls gone, line ends and surrounding space put right. */
export function tidy(source: string): string {
	return normaliseText(source).trim();
}

/** A text that can be a comment's, as far as can be told before it is rendered. */
export interface Accepted {
	/** Tidied. */
	text: string;
	segments: ParsedSegment[];
}

function empty(): unknown {
	return invalid('empty', 'Write something first: the comment is empty.', 'body');
}

/**
 * Takes a text for a comment's, tidied and taken apart.
 * @throws {Refusal} 422 when it is too long, too deeply nested to render, or nearly all quotes, and when
 * it has quotes and nothing to see.
 */
export function accept(source: string): Accepted {
	const text = tidy(source);
	const segments: ParsedSegment[] = [];
	try {
		assertRenderable(text);
		segments.push(...parse(text));
		const quotes = countQuotes(segments);
		if (quotes >= QUOTES_MAX) {
			throw new TextTooComplex(`A comment may have fewer than ${QUOTES_MAX} quotes.`);
		}
		// Without quotes the text is rendered as one, which tells the same and is done anyway.
		if (quotes === 0 || SEEN.test(plainText(text))) return { text, segments };
	} catch (error) {
		throw refusalFor(error);
	}
	throw empty();
}

/**
 * Finds the sources of an accepted text's quotes and renders it; see `compose`.
 * @throws {Refusal} 422 when there is nothing to see in it, or too much formatting to render.
 */
export async function composeAccepted(
	db: Read,
	context: QuotingContext,
	{ segments }: Accepted,
	existing: ExistingQuote[] = []
): Promise<Composed> {
	try {
		const composed = await composeParsed(db, context, segments, existing);
		if (composed.blocks.some(isSeen)) return composed;
	} catch (error) {
		throw refusalFor(error);
	}
	throw empty();
}
