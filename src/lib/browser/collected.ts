import { keep, keysOf, recall } from './storage.ts';

/** A quote that was collected, to be put into a comment later. */
export interface Collected {
	/** The address that writes its Markdown. */
	address: string;
	/** Who said it. */
	name: string;
	/** The words to quote. */
	words: string;
	/** All that there was to quote when it was collected whole; '' for a passage. */
	whole: string;
}

const PREFIX = 'quotes:';
// More is no comment.
const MOST = 20;

/** The quotes collected for an article, by its address. */
export function of(place: string): Collected[] {
	try {
		const kept: unknown = JSON.parse(recall(PREFIX + place) ?? '[]');
		return Array.isArray(kept) ? (kept as Collected[]) : [];
	} catch {
		return [];
	}
}

/** Keeps the quotes collected for an article. */
export function set(place: string, list: Collected[]): void {
	keep(PREFIX + place, list.length > 0 ? JSON.stringify(list.slice(0, MOST)) : null);
}

/** Forgets every quote that was collected in this browser. */
export function forget(): void {
	for (const key of keysOf(PREFIX)) keep(key, null);
}
