import { setImmediate } from 'node:timers/promises';

// Shorter texts are done within a few milliseconds, whatever is in them.
const LONG = 1_000;
// What a reader who asks for a page meanwhile does not notice.
const BREATH_MS = 20;

let last: Promise<void> = Promise.resolve();
let breathed = 0;

/** One goes on each time round the event loop. */
function next(): Promise<void> {
	last = last.then(() => setImmediate());
	return last;
}

/**
 * Waits until a text may be worked on: of many long ones that come at once one is taken each time
 * round the event loop, so that whoever asks for a page meanwhile waits for one of them, not for all.
 */
export function turnFor(text: string): Promise<void> {
	return text.length < LONG ? Promise.resolve() : next();
}

/** For between the steps of long work: lets others go first if nobody could for a while. */
export async function breathe(): Promise<void> {
	if (performance.now() - breathed < BREATH_MS) return;
	await next();
	breathed = performance.now();
}
