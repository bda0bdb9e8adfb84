import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '../lib/server/config.ts';
import type { Database } from '../lib/server/database/database.ts';
import { readiness } from '../lib/server/monitoring/readiness.ts';
import { handle, type Handler } from './handling.ts';
import type { Metrics } from './metrics.ts';
import { guard } from './scrapers.ts';
import { READING, turnAway } from './turned-away.ts';

/** Answers those who watch over the process from outside. */
export interface Probes {
	/** Whether a request is one of theirs. */
	isProbe(request: IncomingMessage): boolean;
	/** Answers one that is. */
	answer(request: IncomingMessage, response: ServerResponse): void;
}

const TEXT = 'text/plain; charset=utf-8';
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

/**
 * What is asked by machines that watch over this process: `/healthz` (it lives), `/readyz` (send
 * requests here) and `/metrics`. Answered before anything else, also under no host's name.
 */
export function createProbes(config: Config, db: Database, metrics: Metrics): Probes {
	const probes = new Map<string | undefined, Handler>([
		['/healthz', (_request, response) => say(response, 200, 'alive\n')],
		['/readyz', answerReadiness(db)],
		['/metrics', answerMetrics(config, metrics)]
	]);
	return {
		isProbe: ({ url }) => probes.has(url),
		answer(request, response) {
			const isReading = READING.includes(request.method ?? '');
			if (isReading) void handle(probes.get(request.url)!, request, response, 'probe.failed');
			else turnAway(response, 405, READING);
		}
	};
}
