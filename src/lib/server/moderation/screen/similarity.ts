import { likeness, shinglesOf, wordsOf } from '../likeness.ts';
import { bare } from './words/letters.ts';

// Below this, chance makes texts alike.
const FEWEST_WORDS = 8;
const NEARLY = 0.7;
// Words are not all of one length.
const SLACK = 0.8;

function rowsOf(text: string): Set<string> {
	const words = wordsOf(bare(text));
	return words.length < FEWEST_WORDS ? new Set() : shinglesOf(words);
}

/** Whether a text has nearly all its rows of words in common with one of these others. */
export function nearlyAny(text: string, others: readonly string[]): boolean {
	// What differs so much in length cannot have so much in common.
	const near = others.filter(
		({ length }) => Math.min(length, text.length) >= NEARLY * Math.max(length, text.length) * SLACK
	);
	if (near.length === 0) return false;
	const own = rowsOf(text);
	return near.some((other) => likeness(own, rowsOf(other)) >= NEARLY);
}
