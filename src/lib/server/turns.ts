import { setImmediate, setTimeout } from 'node:timers/promises';

// Shorter texts are done within a few milliseconds, whatever is in them.
const LONG = 1_000;
// What a reader who asks for a page meanwhile does not notice.
const BREATH_MS = 20;
// What took no longer held nobody up.
const SHORT_MS = 4;
// Enough for hundreds of connections; who waits for a turn need not wait for longer.
const LONGEST_REST_MS = 20;

let last: Promise<void> = Promise.resolve();
let breathed = 0;

/**
 * Leaves the event loop to others for as long as the work that begins now holds it. A single time
 * round would not do: a new connection is taken in one time round, read in another, and so on, and
 * of many that come at once only one is taken in each time.
 */
async function rest(): Promise<void> {
	const began = performance.now();
	await setImmediate();
	const took = performance.now() - began;
	if (took > SHORT_MS) await setTimeout(Math.min(took, LONGEST_REST_MS));
}

/** One goes on at a time, and not before what the one before held up has had its turn. */
function next(): Promise<void> {
	const turn = last;
	last = turn.then(rest);
	return turn;
}

/**
 * Waits until a text may be worked on: of many long ones that come at once one is taken at a time, with
 * pauses as long as the work, so that whoever asks for a page meanwhile waits for one of them, not for all.
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
