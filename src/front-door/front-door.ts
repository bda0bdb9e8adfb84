import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { CLOSED_POLICY, SECURITY_HEADERS, STRICT_TRANSPORT } from '../lib/http/headers.ts';
import type { Config } from '../lib/server/config.ts';
import type { Database } from '../lib/server/database/database.ts';
import { revisions } from '../lib/server/site/running.ts';
import { endWithPage } from './handed-over.ts';
import { handle, type Handler } from './handling.ts';
import { PageCache } from './page-cache/page-cache.ts';
import { renderer } from './page-cache/rendering.ts';
import { TURNED_AWAY, within, type Visit } from '../lib/server/monitoring/visits.ts';
import { createWatch } from './watch.ts';
import { hangUp, statusFor, turnAway } from './turned-away.ts';

// A browser sends its headers at once and a form within seconds; whoever trickles is cut off.
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
// Above the usual 60 s of proxies, so that they, not we, end idle connections.
const KEEP_ALIVE_MS = 65_000;
const SERVER = {
	// Node looks for who is late this often, so that this comes on top of the times above.
	connectionsCheckingInterval: 2_000,
	// Otherwise Node answers a request without a Host header by itself, without our headers.
	requireHostHeader: false
};
// What we tell SvelteKit about the protocol; nobody else's header of this name gets through.
const PROTOCOL_HEADER = 'x-afterword-protocol';

const POLICY_HEADER = 'Content-Security-Policy';

/** Where the build puts SvelteKit's handler. */
export const HANDLER = new URL('../../build/handler.js', import.meta.url);

/** SvelteKit's handler, which reads its settings from the environment when it is loaded. */
async function loadHandler(config: Config): Promise<Handler> {
	process.env.BODY_SIZE_LIMIT = String(config.bodyLimit);
	if (config.origin === null) process.env.PROTOCOL_HEADER = PROTOCOL_HEADER;
	else process.env.ORIGIN = config.origin;
	const { handler } = (await import(HANDLER.href)) as { handler: Handler };
	return handler;
}

/**
 * What depends on the status. A 304 says which headers a kept page has from now on, and must not give
 * it the policy of an answer that is no page; SvelteKit's shortest refusals do not say what they are.
 */
function mindStatus(response: ServerResponse): void {
	const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => ServerResponse;
	response.writeHead = (status: number, ...rest: unknown[]) => {
		if (status === 304) response.removeHeader(POLICY_HEADER);
		if (status >= 400 && !response.hasHeader('Content-Type')) {
			response.setHeader('Content-Type', 'text/plain; charset=utf-8');
		}
		return writeHead(status, ...rest);
	};
}

const OTHERS_THAN_PAGES = /application\/json|text\/event-stream/;

/**
 * The server in front of SvelteKit: time limits, the headers of every answer, requests that are none
 * turned away, and the pages of guests kept.
 */
export async function createFrontDoor(config: Config, db: Database): Promise<Server> {
	const handler = await loadHandler(config);
	const watch = await createWatch(config, db);
	const secure = config.origin?.startsWith('https:') ?? false;
	const headers = Object.entries({
		...SECURITY_HEADERS,
		[POLICY_HEADER]: CLOSED_POLICY,
		...(secure ? { 'Strict-Transport-Security': STRICT_TRANSPORT } : {})
	});
	const secured = (response: ServerResponse) => {
		for (const [name, value] of headers) response.setHeader(name, value);
	};
	const enter = (request: IncomingMessage, response: ServerResponse) => {
		secured(response);
		request.headers[PROTOCOL_HEADER] = 'http';
		// Nothing of ours is long enough to be had in parts, and SvelteKit's file server throws at bad ones.
		delete request.headers.range;
		// Who asks for neither JSON nor a stream gets a page with its status; SvelteKit answers others with 200 whatever happened.
		if (!OTHERS_THAN_PAGES.test(request.headers.accept ?? '')) request.headers.accept = 'text/html';
		mindStatus(response);
		void handle(handler, request, response);
	};
	const { pageCacheBytes } = config;
	const pages =
		pageCacheBytes > 0
			? new PageCache(await revisions(), renderer(enter, config), pageCacheBytes)
			: null;
	const sentAtOnce = (request: IncomingMessage, response: ServerResponse) =>
		pages !== null &&
		!watch.isThorough &&
		pages.sendKept(request, response, () => watch.count(request));
	const answer = (
		request: IncomingMessage,
		response: ServerResponse,
		{ visit, refusal }: { visit: Visit; refusal: number | null }
	) => {
		const passOn = () => {
			response.setHeader('X-Request-Id', visit.id);
			endWithPage(response, visit);
			enter(request, response);
		};
		if (refusal !== null) {
			secured(response);
			response.setHeader('X-Request-Id', visit.id);
			visit.route = TURNED_AWAY;
			turnAway(response, refusal);
		} else if (!pages?.answer({ request, response, visit, passOn })) passOn();
	};
	const server = createServer(SERVER, (request, response) => {
		const refusal = statusFor(request);
		if (refusal === null && sentAtOnce(request, response)) return;
		if (watch.isProbe(request)) {
			secured(response);
			return watch.answer(request, response);
		}
		const visit = watch.begin(request, response);
		within(visit, () => answer(request, response, { visit, refusal }));
	});
	server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
		hangUp(error, socket, headers);
	});
	server.headersTimeout = HEADERS_TIMEOUT_MS;
	server.requestTimeout = REQUEST_TIMEOUT_MS;
	server.keepAliveTimeout = KEEP_ALIVE_MS;
	return server;
}
