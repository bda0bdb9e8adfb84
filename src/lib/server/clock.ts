/** The server's clock; tests of rules about time set it. */
let offset = 0;

/** The present time. */
export function now(): Date {
	return new Date(time());
}

/** The present time in Unix milliseconds. */
export function time(): number {
	return Date.now() + offset;
}

/** Moves the clock by milliseconds, for tests; 0 puts it right. */
export function shift(milliseconds: number): void {
	offset = milliseconds;
}
