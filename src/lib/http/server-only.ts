// Of what is in a WeakSet the collector of new objects frees nothing.
const MARK = Symbol('server only');

/**
 * Marks what a load gives to the page as for the server's rendering alone: where it is asked for as data
 * (`__data.json`, as only a client of SvelteKit's would), a stub stands in its place.
 */
export function serverOnly<T extends object>(value: T): T {
	return Object.assign(value, { [MARK]: true });
}

/** Whether a value was marked. */
export function isServerOnly(value: unknown): boolean {
	return typeof value === 'object' && value !== null && MARK in value;
}
