const marked = new WeakSet<object>();

/**
 * Marks what a load gives to the page as for the server's rendering alone: SvelteKit then writes a
 * stub instead of serializing it, which no browser would read (pages ship no client), and which
 * costs more than rendering a comment does.
 */
export function serverOnly<T extends object>(value: T): T {
	marked.add(value);
	return value;
}

/** Whether a value was marked. */
export function isServerOnly(value: unknown): boolean {
	return typeof value === 'object' && value !== null && marked.has(value);
}
