import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '../lib/server/config.ts';
import { log } from '../lib/server/log.ts';
import { tracer } from '../lib/server/monitoring/tracing.ts';
import { FILE, within, type Visit } from '../lib/server/monitoring/visits.ts';
import type { Metrics } from './metrics.ts';

/** What is told of a request when it is over. */
export interface Ended {
	method: string;
	route: string;
	status: number;
	/** Null for one that was broken off, and for an event stream, which lasts as long as somebody listens. */
	seconds: number | null;
}

// As nginx has it: whoever asked was gone before there was an answer.
const GONE = 499;
// Long enough to be nobody else's, and nothing that a log or a page could trip over.
const REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$/;

/** The id that a proxy of ours gave a request; one of our own where there is none. */
function idOf({ headers }: IncomingMessage, isProxied: boolean): string {
	const given = isProxied ? headers['x-request-id'] : undefined;
	return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

/** Neither the address that was asked for nor who asked: of those, routes and ids tell enough. */
function write({ method, route, status, seconds }: Ended): void {
	const ms = seconds === null ? null : Math.round(seconds * 1000);
	log('info', 'request', { method, route, status, ms });
}

/**
 * What begins the visit of a request: its end is counted, traced and logged as far as that is set up.
 */
export function createVisits(
	{ proxyDepth, logRequests }: Pick<Config, 'proxyDepth' | 'logRequests'>,
	metrics: Metrics
): (request: IncomingMessage, response: ServerResponse) => Visit {
	const isProxied = proxyDepth > 0;
	const tracing = tracer();
	// Made out here it does not keep the request, which a stream of events outlives.
	const ending = (visit: Visit, ended: Ended) => () => {
		metrics.ended(ended);
		tracing?.end(visit, ended.method, ended.status);
		if (logRequests) within(visit, () => write(ended));
		visit.isOver = true;
	};
	return (request, response) => {
		const id = idOf(request, isProxied);
		const visit: Visit = { id, route: FILE, trace: null, isOver: false };
		const method = request.method ?? '';
		const start = performance.now();
		metrics.begun();
		tracing?.begin(
			visit,
			method,
			isProxied ? (request.headers.traceparent as string | undefined) : undefined
		);
		response.once('close', () => {
			const { headersSent, statusCode, writableFinished } = response;
			const status = headersSent ? statusCode : GONE;
			const isWhole = writableFinished && !visit.isStream;
			const seconds = isWhole ? (performance.now() - start) / 1000 : null;
			const end = ending(visit, { method, route: visit.route, status, seconds });
			if (visit.connection) visit.connection.on('close', end);
			else end();
		});
		return visit;
	};
}
