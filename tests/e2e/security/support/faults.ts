/** What is wrong, gathered so that one expectation tells all of it: thousands would take minutes. */
export interface Faults {
	readonly found: string[];
	/** Adds a fault when two things are not the same. */
	same(what: string, actual: unknown, wanted: unknown): void;
	/** Adds a fault when something does not hold. */
	holds(what: string, condition: boolean): void;
}

/** An empty list of faults: `expect(faults.found).toEqual([])` at the end. */
export function newFaults(): Faults {
	const found: string[] = [];
	return {
		found,
		same(what, actual, wanted) {
			if (actual !== wanted) found.push(`${what}: ${String(actual)} instead of ${String(wanted)}`);
		},
		holds(what, condition) {
			if (!condition) found.push(what);
		}
	};
}
