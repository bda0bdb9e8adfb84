import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '../lib/server/config.ts';
import type { Database } from '../lib/server/database/database.ts';
import { stackOf } from '../lib/server/faults.ts';
import { log } from '../lib/server/log.ts';
import { readiness } from '../lib/server/monitoring/readiness.ts';
import type { Metrics } from './metrics.ts';
import { guard } from './scrapers.ts';
import { turnAway } from './turned-away.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

const TEXT = 'text/plain; charset=utf-8';
const READING = ['GET', 'HEAD'];
const RETRY_AFTER_S = 5;

/** Node itself leaves the body out for HEAD. */
function say(response: ServerResponse, status: number, body: string, type = TEXT): void {
	const headers = { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) };
	response.writeHead(status, { ...headers, 'Cache-Control': 'no-store' });
	response.end(body);
}

/** Whether this process should get requests: asked by balancers every few seconds, perhaps by anybody. */
function answerReadiness(db: Database): Handler {
	const ask = readiness(db);
	return async (_request, response) => {
		const why = await ask();
		if (why === null) return say(response, 200, 'ready\n');
		response.setHeader('Retry-After', RETRY_AFTER_S);
		say(response, 503, `not ready: ${why}\n`);
	};
}

function answerMetrics(config: Config, { registry }: Metrics): Handler {
	const statusFor = guard(config);
	return async (request, response) => {
		const refusal = statusFor(request);
		if (refusal === 401) response.setHeader('WWW-Authenticate', 'Bearer');
		if (refusal !== null) return turnAway(response, refusal);
		say(response, 200, await registry.metrics(), registry.contentType);
	};
}

async function answer(
	handler: Handler,
	request: IncomingMessage,
	response: ServerResponse
): Promise<void> {
	try {
		await handler(request, response);
	} catch (error) {
		log('error', 'probe.failed', { stack: stackOf(error) });
		if (!response.headersSent) turnAway(response, 500);
	}
}

/**
 * What is asked by machines that watch over this process: `/healthz` (it lives), `/readyz` (send
 * requests here) and `/metrics`. Answered before anything else, also under no host's name.
 * @returns what answers such a request, and says whether it was one.
 */
export function createProbes(
	config: Config,
	db: Database,
	metrics: Metrics
): (request: IncomingMessage, response: ServerResponse) => boolean {
	const probes = new Map<string | undefined, Handler>([
		['/healthz', (_request, response) => say(response, 200, 'alive\n')],
		['/readyz', answerReadiness(db)],
		['/metrics', answerMetrics(config, metrics)]
	]);
	return (request, response) => {
		const handler = probes.get(request.url);
		if (!handler) return false;
		if (READING.includes(request.method ?? '')) void answer(handler, request, response);
		else turnAway(response, 405, READING);
		return true;
	};
}
