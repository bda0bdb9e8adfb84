import { latinFor } from '../../../accounts/names/look-alikes.ts';

/** What a character may stand for: one letter, or several that look like it. */
export type Letters = readonly string[];

/** Digits and signs that people write for letters. */
const SIGNS: Readonly<Record<string, Letters>> = {
	...{ '0': ['o'], '1': ['i', 'l'], '3': ['e'], '4': ['a'], '5': ['s'], '7': ['t'], '8': ['b'] },
	...{ '9': ['g'], '@': ['a'], $: ['s'], '€': ['e'], '!': ['i', 'l'], '|': ['i', 'l'], '+': ['t'] }
};

// Latin letters that have no accent to take off.
const OWN: Readonly<Record<string, string>> = { ø: 'o', đ: 'd', ł: 'l', ħ: 'h', ß: 's' };

// The general combining marks; those of single alphabets are vowels and stay.
const ACCENTS = /[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/g;
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
const LETTER = /^[\p{L}\p{M}]$/u;
const DIGIT = /^\p{Nd}$/u;
const PICTURE = /^\p{Extended_Pictographic}$/u;

/** A text without accents and invisible characters, in its compatible forms. */
export function bare(text: string): string {
	return text.normalize('NFKD').replace(ACCENTS, '').replace(INVISIBLE, '');
}

/** What a character is to words: a `sign` is written for a letter, a `picture` is a word of its own. */
export type Kind = 'letter' | 'digit' | 'sign' | 'picture' | 'other';

function findKind(character: string): Kind {
	if (LETTER.test(character)) return 'letter';
	if (DIGIT.test(character)) return 'digit';
	if (Object.hasOwn(SIGNS, character)) return 'sign';
	return PICTURE.test(character) ? 'picture' : 'other';
}

// Nearly all that is written; the others cost an expression each.
const KINDS = Array.from({ length: 128 }, (_, code) => findKind(String.fromCharCode(code)));

/** What a character is to words. */
export function kindOf(character: string): Kind {
	return KINDS[character.codePointAt(0)!] ?? findKind(character);
}

/** What a letter of a word may stand for; a capital I within small letters may be an l. */
export function lettersOf(character: string, before = ''): Letters {
	if (character === 'I' && /^\p{Ll}$/u.test(before)) return ['i', 'l'];
	const small = character.toLowerCase();
	if (small >= 'a' && small <= 'z' && small.length === 1) return [small];
	const own = OWN[small] ?? latinFor(character);
	// The table of look-alikes has i and l as one.
	return own === 'l' && small !== 'ł' ? ['i', 'l'] : [own];
}

/** What a digit or sign within a word may stand for; itself when it is written for no letter. */
export function lettersOfSign(character: string): Letters {
	return Object.hasOwn(SIGNS, character) ? SIGNS[character] : [character];
}
