import type { Segment } from '../comments/body.ts';

/** So many words in a row are compared as one. */
const SHINGLE = 3;
/** Texts that have so much in common, of what either has, say nearly the same. */
const NEARLY = 0.8;
/** Words of a text that are compared: what goes on so long is alike by then. */
const MOST_WORDS = 400;

/** A text that may be like others. */
export interface Comparable {
	text: string;
	/** What is the same in all texts that read the same; null for few words. */
	textKey: string | null;
}

/** A comment's own words, without what it quotes. */
export function plainOf(body: readonly Segment[]): string {
	return body.flatMap((segment) => ('text' in segment ? [segment.text] : [])).join('\n');
}

/** The rows of words of a text; one that is shorter is a single row. */
export function shinglesOf(text: string): Set<string> {
	const words =
		text
			.normalize('NFKC')
			.toLowerCase()
			.match(/[\p{L}\p{N}]+/gu) ?? [];
	const compared = words.slice(0, MOST_WORDS);
	const rows = Math.max(1, compared.length - SHINGLE + 1);
	return new Set(
		Array.from({ length: compared.length === 0 ? 0 : rows }, (_, at) =>
			compared.slice(at, at + SHINGLE).join(' ')
		)
	);
}

/** How much two sets have in common, of what either has: from 0 to 1. */
export function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
	if (one.size === 0 || other.size === 0) return 0;
	const [small, large] = one.size < other.size ? [one, other] : [other, one];
	const common = [...small].filter((row) => large.has(row)).length;
	return common / (one.size + other.size - common);
}

/**
 * Puts those with the same or nearly the same text together, in the order in which they come: each
 * joins the first group whose first text is like its own.
 */
export function grouped<T extends Comparable>(items: readonly T[]): T[][] {
	const groups: { first: T; rows: Set<string>; all: T[] }[] = [];
	for (const item of items) {
		const rows = shinglesOf(item.text);
		const group = groups.find(
			({ first, rows: known }) =>
				(item.textKey !== null && item.textKey === first.textKey) || likeness(rows, known) >= NEARLY
		);
		if (group) group.all.push(item);
		else groups.push({ first: item, rows, all: [item] });
	}
	return groups.map(({ all }) => all);
}
