const KEY = Symbol.for('afterword');
const store = globalThis as { [KEY]?: Map<string, unknown> };
const values = (store[KEY] ??= new Map<string, unknown>());

/**
 * One value for the whole process, made at its first use.
 * The build bundles its own copy of every module, so module variables are not shared between
 * the front door and SvelteKit; `globalThis` is.
 */
export function shared<T>(name: string, make: () => T): T {
	if (!values.has(name)) values.set(name, make());
	return values.get(name) as T;
}
