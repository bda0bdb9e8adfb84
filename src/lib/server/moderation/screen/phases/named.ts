const MOST_NAMED = 3;

/** Entries of a list in a sentence: the first few of them. */
export function named(entries: readonly string[]): string {
	const shown = entries.slice(0, MOST_NAMED).map((entry) => `“${entry}”`);
	return shown.join(', ') + (entries.length > MOST_NAMED ? ' and others' : '');
}
