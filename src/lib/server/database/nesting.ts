import { AsyncLocalStorage } from 'node:async_hooks';

const inside = new AsyncLocalStorage<true>();

/** Runs a transaction's work, inside which another `write` throws instead of waiting for itself. */
export function runInside<T>(work: () => Promise<T>): Promise<T> {
	return inside.run(true, work);
}

/** @throws {Error} when called within a transaction's work. */
export function assertOutside(): void {
	if (inside.getStore())
		throw new Error('A write within a write: pass the transaction on instead.');
}
