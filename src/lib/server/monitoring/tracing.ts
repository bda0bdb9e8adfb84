import { shared } from '../process.ts';
import type { Visit } from './visits.ts';

/** Short facts about a step: never words, addresses or secrets. */
export type Attributes = Record<string, string | number | boolean>;

/** What tells elsewhere which steps a request took, and how long each. */
export interface Tracer {
	/** Begins the trace of a request, within the one that a proxy of ours named, if it did. */
	begin(visit: Visit, method: string, traceparent: string | undefined): void;
	/** Ends it. */
	end(visit: Visit, method: string, status: number): void;
	/** Does a step of what goes on. */
	step<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T>;
	/** Sends what was not sent yet, for a moment. */
	stop(): Promise<void>;
}

function state(): { tracer: Tracer | null } {
	return shared('tracing', () => ({ tracer: null }));
}

/** What this process traces by; null where nobody asked for traces. */
export function tracer(): Tracer | null {
	return state().tracer;
}

/** Has the process trace from now on. */
export function traceBy(tracer: Tracer): void {
	state().tracer = tracer;
}

/** Does a step that a trace tells of, where there is one. */
export function traced<T>(
	name: string,
	attributes: Attributes,
	work: () => Promise<T>
): Promise<T> {
	const { tracer } = state();
	return tracer === null ? work() : tracer.step(name, attributes, work);
}
