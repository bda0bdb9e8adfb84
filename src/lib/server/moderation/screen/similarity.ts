import { bare } from './words/letters.ts';

// So many words in a row are compared at once.
const SHINGLE = 3;
// Below this, chance makes texts alike.
const FEWEST_WORDS = 8;
const NEARLY = 0.7;
// Words are not all of one length.
const SLACK = 0.8;

function shinglesOf(text: string): Set<string> {
	const words =
		bare(text)
			.toLowerCase()
			.match(/[\p{L}\p{N}]+/gu) ?? [];
	if (words.length < FEWEST_WORDS) return new Set();
	return new Set(
		words.map((_, at) => words.slice(at, at + SHINGLE).join(' ')).slice(0, 1 - SHINGLE)
	);
}

/** Whether a text has nearly all its rows of words in common with one of these others. */
export function nearlyAny(text: string, others: readonly string[]): boolean {
	// What differs so much in length cannot have so much in common.
	const near = others.filter(
		({ length }) => Math.min(length, text.length) >= NEARLY * Math.max(length, text.length) * SLACK
	);
	if (near.length === 0) return false;
	const own = shinglesOf(text);
	return near.some((other) => {
		const shingles = shinglesOf(other);
		let common = 0;
		for (const shingle of shingles) if (own.has(shingle)) common++;
		const all = own.size + shingles.size - common;
		return all > 0 && common / all >= NEARLY;
	});
}
