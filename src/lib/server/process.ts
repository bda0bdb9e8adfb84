/** The names under which values are kept; looking one up is asked very often. */
const keys = new Map<string, symbol>();

function keyOf(name: string): symbol {
	let key = keys.get(name);
	if (!key) keys.set(name, (key = Symbol.for(`afterword.${name}`)));
	return key;
}

/**
 * One value for the whole process, made at its first use.
 * The build bundles its own copy of every module, so module variables are not shared between
 * the front door and SvelteKit; `globalThis` is.
 */
export function shared<T>(name: string, make: () => T): T {
	const key = keyOf(name);
	const store = globalThis as unknown as Record<symbol, T | undefined>;
	return (store[key] ??= make());
}
