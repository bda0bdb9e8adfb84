import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { FILE, type Visit } from '../lib/server/monitoring/visits.ts';

/** What is told of a request when it is over. */
export interface Ended extends Visit {
	method: string;
	status: number;
	/** Null for one that was broken off, and for an event stream, which lasts as long as somebody listens. */
	seconds: number | null;
}

function isStream(response: ServerResponse): boolean {
	return response.getHeader('content-type') === 'text/event-stream';
}

/** Begins a request's visit: its answer bears the id, and its end is told. */
export function begin(
	request: IncomingMessage,
	response: ServerResponse,
	tell: (ended: Ended) => void
): Visit {
	const visit: Visit = { id: randomUUID(), route: FILE };
	const start = performance.now();
	response.setHeader('X-Request-Id', visit.id);
	response.once('close', () => {
		const isWhole = response.writableFinished && !isStream(response);
		const seconds = isWhole ? (performance.now() - start) / 1000 : null;
		tell({ ...visit, method: request.method ?? '', status: response.statusCode, seconds });
	});
	return visit;
}
