/**
 * What looks like a Latin letter, by that letter: letters of other alphabets, odd Latin ones and
 * digits, after Unicode's confusables.txt (UTS 39). Names keep to one alphabet, so this has only to
 * catch words that can be spelled wholly in another. Capitals stand here where they look like
 * another letter than their small form does.
 */
const TABLE: readonly (readonly [latin: string, lookAlikes: string])[] = [
	['a', 'аɑαә'],
	['b', 'ьвβʙ'],
	['c', 'сϲςє'],
	['d', 'ԁժɖ'],
	['e', 'еҽεə'],
	['f', 'ֆƒ'],
	['g', 'ցɡ'],
	['h', 'һнհΗ'],
	['j', 'јյȷ'],
	['k', 'кκĸ'],
	// No font is sure of these: I, l and 1 are one.
	['l', '1iіїӏιılǀɩɭլ'],
	['m', 'мϻΜ'],
	['n', 'ηոпռ'],
	['o', '0оοσօѳө'],
	['p', 'рρƿք'],
	['q', 'ԛզգ'],
	['r', 'гր'],
	['s', 'ѕ'],
	['t', 'тτե'],
	['u', 'υսμ'],
	['v', 'νѵ'],
	['w', 'ωԝա'],
	['x', 'хχ'],
	['y', 'уγүყΥ'],
	['z', 'ζ'],
	['n', 'Ν']
];

const LATIN = new Map(TABLE.flatMap(([latin, others]) => [...others].map((one) => [one, latin])));

/** The Latin letter that a character looks like; itself in small letters if it looks like none. */
export function latinFor(character: string): string {
	const small = character.toLowerCase();
	return LATIN.get(character) ?? LATIN.get(small) ?? small;
}
