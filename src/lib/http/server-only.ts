// Of what is in a WeakSet the collector of new objects frees nothing.
const MARK = Symbol('server only');

/**
 * Marks what a load gives to the page as for the server's rendering alone: SvelteKit then writes a
 * stub instead of serializing it, which no browser would read (pages ship no client), and which
 * costs more than rendering a comment does.
 */
export function serverOnly<T extends object>(value: T): T {
	return Object.assign(value, { [MARK]: true });
}

/** Whether a value was marked. */
export function isServerOnly(value: unknown): boolean {
	return typeof value === 'object' && value !== null && MARK in value;
}
