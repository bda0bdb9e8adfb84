// Within what either database takes as parameters.
const AT_ONCE = 500;

/** Cuts a list into lists of at most `size`. */
export function chunks<T>(items: readonly T[], size = AT_ONCE): T[][] {
	const parts: T[][] = [];
	for (let from = 0; from < items.length; from += size) parts.push(items.slice(from, from + size));
	return parts;
}
