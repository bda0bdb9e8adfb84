import { bare } from './words/letters.ts';

// So many words in a row are compared at once.
const SHINGLE = 3;
// Below this, chance makes texts alike.
const FEWEST_WORDS = 8;
const NEARLY = 0.7;

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

/** Whether two texts of some length have nearly all their rows of words in common. */
export function nearlySame(a: string, b: string): boolean {
	const [one, other] = [shinglesOf(a), shinglesOf(b)];
	if (one.size === 0 || other.size === 0) return false;
	const common = [...one].filter((shingle) => other.has(shingle)).length;
	return common / (one.size + other.size - common) >= NEARLY;
}
