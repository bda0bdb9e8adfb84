// Soft hyphen, zero width space, word joiner, byte order mark: copied along, never meant.
const INVISIBLE = /[\u00ad\u200b\u2060\ufeff]/g;
const SINGLE_QUOTES = /[‘’‚‛‹›′ʼʹ´`＇]/g;
const DOUBLE_QUOTES = /[“”„‟«»″＂]/g;
const DASHES = /[‐‑‒–—―−﹘﹣－]/g;
// "--" is a typewriter's dash.
const TYPED_DASH = /-{2,}/g;
const WHITE_SPACE = /\s+/g;

/**
 * Words as they are compared: NFC, white space as single spaces, quotation marks, apostrophes, dashes
 * and ellipses in their plain shapes, invisible characters gone. Case stays.
 */
export function canonicalWords(text: string): string {
	return text
		.normalize('NFC')
		.replace(INVISIBLE, '')
		.replace(SINGLE_QUOTES, "'")
		.replace(DOUBLE_QUOTES, '"')
		.replace(DASHES, '-')
		.replace(TYPED_DASH, '-')
		.replaceAll('…', '...')
		.replace(WHITE_SPACE, ' ')
		.trim();
}

/** A name as names are compared: canonical words in NFKC without case (upper, then lower: "ß" is "ss"). */
export function foldName(name: string): string {
	const folded = canonicalWords(name).normalize('NFKC').toUpperCase().toLowerCase();
	return canonicalWords(folded.normalize('NFKC'));
}

/** Whether two names are the same to a reader: case, white space and the shape of punctuation aside. */
export function sameName(a: string, b: string): boolean {
	return foldName(a) === foldName(b);
}
