let before: Record<string, string | undefined> = {};

/** What is made once for a whole process (see src/lib/server/process.ts) is made anew when it is next asked for. */
function forget(): void {
	const store = globalThis as unknown as Record<symbol, Map<string, unknown> | undefined>;
	store[Symbol.for('afterword')]?.clear();
}

/** Sets what an operator would, for the tests of this file. */
export function set(settings: Record<string, string>): void {
	for (const [name, value] of Object.entries(settings)) {
		if (!(name in before)) before[name] = process.env[name];
		process.env[name] = value;
	}
	forget();
}

/** Takes back what another file has set: test files share their process, for each to load everything anew takes long. */
export function reset(): void {
	for (const [name, value] of Object.entries(before)) {
		if (value === undefined) delete process.env[name];
		else process.env[name] = value;
	}
	before = {};
	forget();
}
