import type { Read } from '../database/database.ts';
import { isParsedQuote, parse, QUOTES_MAX, type ParsedSegment } from '../quotes/parse.ts';
import type { QuotingContext } from '../quotes/sources.ts';
import { invalid } from '../refusal.ts';
import { assertRenderable, TextTooComplex, TextTooLong } from '../text/caps.ts';
import { normaliseText } from '../text/normalise.ts';
import { plainText } from '../text/plain.ts';
import { compose, type Composed, type ExistingQuote } from './compose.ts';

// A comment of nothing but marks and invisible characters shows nothing.
const SEEN = /[^\s\p{Default_Ignorable_Code_Point}]/u;

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

/**
 * A comment's tidied text, if it can be one.
 * @throws {Refusal} 422 when it is empty, too long, too deeply nested to render, or nearly all quotes.
 */
export function accept(source: string): string {
	const text = tidy(source);
	try {
		assertRenderable(text);
		if (SEEN.test(plainText(text))) {
			if (countQuotes(parse(text)) < QUOTES_MAX) return text;
			throw new TextTooComplex(`A comment may have fewer than ${QUOTES_MAX} quotes.`);
		}
	} catch (error) {
		throw refusalFor(error);
	}
	throw invalid('empty', 'Write something first: the comment is empty.', 'body');
}

/**
 * Takes an accepted text apart and renders it; see `compose`.
 * @throws {Refusal} 422 when it has too much formatting to render.
 */
export async function composeAccepted(
	db: Read,
	context: QuotingContext,
	text: string,
	existing: ExistingQuote[] = []
): Promise<Composed> {
	try {
		return await compose(db, context, text, existing);
	} catch (error) {
		throw refusalFor(error);
	}
}
