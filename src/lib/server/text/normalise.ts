const FOREIGN_LINE_BREAK = /\r\n?|[\u2028\u2029]/g;
const CONTROL_OR_NONCHARACTER = /(?![\t\n])[\p{Cc}\p{Noncharacter_Code_Point}]/gu;
// What nearly no text has; only with one of these, or half of a pair, is there anything to put right.
const SUSPECT = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]/;
const WHITE_SPACE = /\s+/g;

/**
 * Text as it is stored, whatever sent it and whichever database keeps it: well-formed Unicode (a lone
 * surrogate becomes U+FFFD), line breaks as LF, no NUL, no C0 or C1 control but tab and LF, no
 * noncharacter. PostgreSQL refuses NUL, SQLite's functions stop at it, XML 1.0 allows none of these.
 * Idempotent; nothing is trimmed.
 */
export function normaliseText(input: string): string {
	if (!SUSPECT.test(input)) return input;
	return input
		.toWellFormed()
		.replace(FOREIGN_LINE_BREAK, '\n')
		.replace(CONTROL_OR_NONCHARACTER, '');
}

/** `normaliseText` for a field of one line (a title, a name): white space becomes single spaces, the ends are trimmed. */
export function normaliseLine(input: string): string {
	return normaliseText(input).replace(WHITE_SPACE, ' ').trim();
}
