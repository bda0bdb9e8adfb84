import { invalid } from '../refusal.ts';
import { assertRenderable, TextTooComplex, TextTooLong } from '../text/caps.ts';
import { normaliseText } from '../text/normalise.ts';
import { plainText } from '../text/plain.ts';

// A comment of nothing but marks and invisible characters shows nothing.
const SEEN = /[^\s\p{Default_Ignorable_Code_Point}]/u;

/**
 * A comment's text as it came from outside, made safe to keep: controls gone, line ends and
 * surrounding space put right.
 * @throws {Refusal} 422 when it is empty, too long or too deeply nested to render.
 */
export function accept(source: string): string {
	const text = normaliseText(source).trim();
	try {
		assertRenderable(text);
	} catch (error) {
		if (error instanceof TextTooLong || error instanceof TextTooComplex) {
			throw invalid(error.code, error.message, 'body');
		}
		throw error;
	}
	if (!SEEN.test(plainText(text))) {
		throw invalid('empty', 'Write something first: the comment is empty.', 'body');
	}
	return text;
}
