import type { Segment } from '../comments/body.ts';
import { likeness, shinglesOf, wordsOf } from './likeness.ts';

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

function rowsOf(text: string): Set<string> {
	return shinglesOf(wordsOf(text.normalize('NFKC')).slice(0, MOST_WORDS));
}

/**
 * Puts those with the same or nearly the same text together, in the order in which they come: each
 * joins the first group whose first text is like its own.
 */
export function grouped<T extends Comparable>(items: readonly T[]): T[][] {
	const groups: { first: T; rows: Set<string>; all: T[] }[] = [];
	for (const item of items) {
		const rows = rowsOf(item.text);
		const group = groups.find(
			({ first, rows: known }) =>
				(item.textKey !== null && item.textKey === first.textKey) || likeness(rows, known) >= NEARLY
		);
		if (group) group.all.push(item);
		else groups.push({ first: item, rows, all: [item] });
	}
	return groups.map(({ all }) => all);
}
