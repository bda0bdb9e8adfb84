/**
 * One value for the whole process, made at its first use.
 * The build bundles its own copy of every module, so module variables are not shared between
 * the front door and SvelteKit; `globalThis` is.
 */
export function shared<T>(name: string, make: () => T): T {
	const key = Symbol.for(`afterword.${name}`);
	const store = globalThis as unknown as Record<symbol, T | undefined>;
	return (store[key] ??= make());
}
