import type { Place } from './place.ts';

/** What came of bringing a fault about. */
export interface Outcome {
	/** What was counted, in a line. */
	counted: string;
	/** What did not hold; nothing when all did. */
	wrong: string[];
}

/** A fault that cannot be brought about here, and why. */
export class NotHere extends Error {}

/** One fault, as the list of items names it. */
export interface Fault {
	item: string;
	what: string;
	/** On which databases it makes sense. */
	on: readonly Place['dialect'][];
	/** How often it is brought about unless that is said. */
	times: number;
	/** @throws {NotHere} */
	run(place: Place, times: number): Promise<Outcome>;
}

export const BOTH = ['sqlite', 'postgres'] as const;
export const SQLITE = ['sqlite'] as const;
export const POSTGRES = ['postgres'] as const;

/** The highest of the times that all but so many of a hundred stay under. */
export function percentile(values: number[], share: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

// What a reader hardly notices; and how much more a busy machine may make of what it takes anyway.
const SLOW_MS = 1_000;
const TIMES_AS_LONG = 3;

/**
 * Whether all but one of a hundred were quick: within a second, or within three times what it takes without the
 * fault on this machine at this hour. @returns what was wrong, and what was counted
 */
export function quick(what: string, times: number[], without: number[]): Outcome {
	const [slowest, ordinary] = [times, without].map((some) => Math.round(percentile(some, 0.99)));
	const isQuick = slowest <= Math.max(SLOW_MS, ordinary * TIMES_AS_LONG);
	return {
		counted: `${what} p99 ${slowest} ms (${ordinary} ms without)`,
		wrong: isQuick ? [] : [`${what} took ${slowest} ms, and ${ordinary} ms without`]
	};
}
