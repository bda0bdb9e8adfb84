/** Chance that can be repeated: the same seed gives the same numbers (mulberry32). */
export interface Chance {
	/** A number from 0 up to, but not, 1. */
	share(): number;
	/** A whole number from 0 up to, but not, `end`. */
	below(end: number): number;
	/** Whether something happens that happens in this share of cases. */
	happens(probability: number): boolean;
	/** One of some things. */
	pick<T>(things: readonly T[]): T;
	/** A number from 1 with a heavy tail (Pareto): the larger `steepness`, the lighter the tail. */
	heavy(steepness: number): number;
}

/** Begins a sequence of chance. */
export function chanceOf(seed: number): Chance {
	let state = seed >>> 0;
	const share = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	const below = (end: number) => Math.floor(share() * end);
	return {
		share,
		below,
		happens: (probability) => share() < probability,
		pick: (things) => things[below(things.length)],
		heavy: (steepness) => (1 - share()) ** (-1 / steepness)
	};
}
