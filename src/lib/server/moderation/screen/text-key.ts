import { createHash } from 'node:crypto';
import { latinFor } from '../../accounts/names/look-alikes.ts';
import { bare, kindOf } from './words/letters.ts';

// What is shorter is said by many, in good faith.
const SHORTEST = 20;

/**
 * What texts have in common that a reader takes for the same: a hash of the letters and digits alone,
 * without case, accents, look-alikes and repetitions. Null for few words.
 */
export function textKeyOf(text: string): string | null {
	let folded = '';
	for (const character of bare(text)) {
		const kind = kindOf(character);
		if (kind !== 'letter' && kind !== 'digit') continue;
		const letter = latinFor(character);
		if (!folded.endsWith(letter)) folded += letter;
	}
	if (folded.length < SHORTEST) return null;
	return createHash('sha256').update(folded).digest('base64url').slice(0, 22);
}
