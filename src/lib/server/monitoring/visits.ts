import { AsyncLocalStorage } from 'node:async_hooks';
import type { EventEmitter } from 'node:events';
import type { Source } from '../live/source.ts';
import { shared } from '../process.ts';

/** A request while it is answered, as logs, figures and traces tell of it. */
export interface Visit {
	/** What logs, security events and the answer call it. */
	readonly id: string;
	/** The pattern of its route, or in brackets what answered in a route's place; never an address. */
	route: string;
	/** Its trace, where one is made: the id, and what only the tracer understands. */
	trace: { readonly id: string; readonly context: unknown } | null;
	isOver: boolean;
	/** Whether the answer is a stream of events, which lasts as long as somebody listens. */
	isStream?: boolean;
	/** After how many seconds it may be tried again; where it may not be now. */
	retryAfter?: number;
	/** What answers it, handed over as it is: a copy through the web's streams costs more than sending it. */
	body?: Buffer;
	/** The events that answer it, handed over likewise. */
	events?: Source;
	/** Whose end is the visit's, where it goes on when Node's HTTP is done with the request. */
	connection?: EventEmitter;
}

/** Answered before SvelteKit was asked: a file. */
export const FILE = '(file)';
/** A page for all that was kept. */
export const KEPT = '(kept page)';
/** Turned away at the door. */
export const TURNED_AWAY = '(turned away)';
const NO_ROUTE = '(none)';

const storage = shared('visits', () => new AsyncLocalStorage<Visit>());

/** Answers a request within its visit. */
export function within<T>(visit: Visit, answer: () => T): T {
	return storage.run(visit, answer);
}

/** Does what is done for many: it is nobody's visit. */
export function outside<T>(work: () => T): T {
	return storage.exit(work);
}

/** The visit that goes on; undefined for commands, what happens by the clock, and after the answer. */
export function current(): Visit | undefined {
	const visit = storage.getStore();
	return visit?.isOver ? undefined : visit;
}

/** Notes which route answers. @returns the request's id; undefined where nobody keeps the door. */
export function enter(route: string | null): string | undefined {
	const visit = current();
	if (visit) visit.route = route ?? NO_ROUTE;
	return visit?.id;
}

/** Hands over the bytes of the answer, which says their length. @returns false where nobody keeps the door */
export function handOver(body: Buffer): boolean {
	const visit = current();
	if (visit) visit.body = body;
	return visit !== undefined;
}

/** Hands over the events that the answer is made of. @returns false where nobody keeps the door */
export function handOverEvents(events: Source): boolean {
	const visit = current();
	if (visit) visit.events = events;
	return visit !== undefined;
}

/** Has the answer say after how many seconds the request may be sent again. */
export function askAgain(seconds: number): void {
	const visit = current();
	if (visit) visit.retryAfter = seconds;
}
