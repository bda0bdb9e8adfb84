import { setImmediate, setTimeout } from 'node:timers/promises';
import { Refusal } from './refusal.ts';

// Shorter texts are done within a few milliseconds, whatever is in them.
const LONG = 1_000;
// What a reader who asks for a page meanwhile does not notice.
const BREATH_MS = 20;
// What took no longer held nobody up.
const SHORT_MS = 4;
// Enough for hundreds of connections; who waits for a turn need not wait for longer.
const LONGEST_REST_MS = 20;
// Some windows of a person, with their previews; not the hundreds of a program, which all others would wait for.
const MOST_WAITING = 4;

let last: Promise<void> = Promise.resolve();
let breathed = 0;
/** How many long texts of a writer wait. */
const waiting = new Map<string, number>();

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

/** Whether a text is so long that working on it takes turns. */
export function isLong(text: string): boolean {
	return text.length >= LONG;
}

function countWaiting(writer: string, by: 1 | -1): void {
	const count = (waiting.get(writer) ?? 0) + by;
	if (count === 0) waiting.delete(writer);
	else waiting.set(writer, count);
}

function tooMany(): Refusal {
	const words = 'Several long texts of yours are waiting. Please try again in a moment.';
	return new Refusal(429, 'too-many', words, { retryAfter: 1 });
}

/**
 * Waits until a text may be worked on: of many long ones that come at once one is taken at a time, with
 * pauses as long as the work, so that whoever asks for a page meanwhile waits for one of them, not for all.
 * @param writer whose it is: of one only a few may wait; of null any number.
 * @throws {Refusal} 429 with `retryAfter`.
 */
export async function turnFor(text: string, writer: string | null): Promise<void> {
	if (!isLong(text)) return;
	if (writer === null) return next();
	if ((waiting.get(writer) ?? 0) >= MOST_WAITING) throw tooMany();
	countWaiting(writer, 1);
	await next();
	countWaiting(writer, -1);
}

/** For between the steps of long work: lets others go first if nobody could for a while. */
export async function breathe(): Promise<void> {
	if (performance.now() - breathed < BREATH_MS) return;
	await next();
	breathed = performance.now();
}
