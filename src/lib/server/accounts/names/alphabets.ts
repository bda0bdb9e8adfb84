// Unicode's recommended scripts (UAX 31, table 5); where a language mixes several, they are one.
const ALPHABETS = [
	...['Latin', 'Cyrillic', 'Greek', 'Armenian', 'Georgian', 'Hebrew', 'Arabic', 'Ethiopic'],
	...['Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya', 'Tamil', 'Telugu', 'Kannada'],
	...['Malayalam', 'Sinhala', 'Thaana', 'Thai', 'Lao', 'Tibetan', 'Myanmar', 'Khmer'],
	...['Han Hiragana Katakana', 'Han Hangul', 'Han Bopomofo']
].map((scripts) => {
	const sets = scripts.split(' ').map((script) => `\\p{Script_Extensions=${script}}`);
	return new RegExp(`^[0-9${sets.join('')}]*$`, 'u');
});

// Phonetic letters and single jamo imitate others and no name is spelled with them, but for the
// five that African and Azeri names use.
const PHONETIC =
	/(?![əɓɗɛɔ])[\u01c0-\u01c3\u0250-\u02ff\u1100-\u11ff\u1d00-\u1dbf\u2c60-\u2c7f\ua720-\ua7ff\uab30-\uab6f]/u;

// The general combining marks belong to every alphabet.
const OF_AN_ALPHABET = /[\p{L}\p{Nd}]|(?![\u0300-\u036f])\p{M}/gu;

/**
 * Whether all letters, digits and marks of a text are of one living alphabet (UTS 39, single
 * script).
 */
export function isOneAlphabet(text: string): boolean {
	const characters = (text.match(OF_AN_ALPHABET) ?? []).join('');
	return !PHONETIC.test(characters) && ALPHABETS.some((alphabet) => alphabet.test(characters));
}
