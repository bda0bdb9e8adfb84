/** So many words in a row are compared as one. */
const SHINGLE = 3;

/** The words of a text whose letters were made comparable. */
export function wordsOf(text: string): string[] {
	return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The rows of words of a text; fewer words than a row has are a single row. */
export function shinglesOf(words: readonly string[]): Set<string> {
	if (words.length === 0) return new Set();
	const rows = Math.max(1, words.length - SHINGLE + 1);
	return new Set(Array.from({ length: rows }, (_, at) => words.slice(at, at + SHINGLE).join(' ')));
}

/** How much two sets have in common, of what either has (Jaccard's index): from 0 to 1. */
export function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
	if (one.size === 0 || other.size === 0) return 0;
	const [small, large] = one.size < other.size ? [one, other] : [other, one];
	let common = 0;
	for (const row of small) if (large.has(row)) common++;
	return common / (one.size + other.size - common);
}
