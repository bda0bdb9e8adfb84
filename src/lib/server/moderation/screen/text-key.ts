import { hash } from 'node:crypto';
import { latinFor } from '../../accounts/names/look-alikes.ts';
import { bare, kindOf } from './words/letters.ts';

// What is shorter is said by many, in good faith.
const SHORTEST = 20;

function foldedOf(character: string): string {
	const kind = kindOf(character);
	return kind === 'letter' || kind === 'digit' ? latinFor(character) : '';
}

// Nearly all that is written.
const FOLDED = Array.from({ length: 128 }, (_, code) => foldedOf(String.fromCharCode(code)));

/**
 * What texts have in common that a reader takes for the same: a hash of the letters and digits alone,
 * without case, accents, look-alikes and repetitions. Null for few words.
 */
export function textKeyOf(text: string): string | null {
	let [folded, last] = ['', ''];
	for (const character of bare(text)) {
		const letter = FOLDED[character.codePointAt(0)!] ?? foldedOf(character);
		if (letter === '' || letter === last) continue;
		folded += letter;
		last = letter;
	}
	if (folded.length < SHORTEST) return null;
	return hash('sha256', folded, 'base64url').slice(0, 22);
}
