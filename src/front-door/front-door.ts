import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { CLOSED_POLICY, SECURITY_HEADERS, STRICT_TRANSPORT } from '../lib/http/headers.ts';
import type { Config } from '../lib/server/config.ts';

// A browser sends its headers at once and a form within seconds; whoever trickles is cut off.
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
// Above the usual 60 s of proxies, so that they, not we, end idle connections.
const KEEP_ALIVE_MS = 65_000;
const LONGEST_TARGET = 8_000;
const HOST_PATTERN = /^[\w.-]+(?::\d{1,5})?$|^\[[\da-f:.]+\](?::\d{1,5})?$/i;
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
// What we tell SvelteKit about the protocol; nobody else's header of this name gets through.
const PROTOCOL_HEADER = 'x-afterword-protocol';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** SvelteKit's handler, which reads its settings from the environment when it is loaded. */
async function loadHandler(config: Config): Promise<Handler> {
	process.env.BODY_SIZE_LIMIT = String(config.bodyLimit);
	if (config.origin === null) process.env.PROTOCOL_HEADER = PROTOCOL_HEADER;
	else process.env.ORIGIN = config.origin;
	const url = new URL('../../build/handler.js', import.meta.url);
	const { handler } = (await import(url.href)) as { handler: Handler };
	return handler;
}

/** What is wrong with a request before anybody looks at it: a status, or null. */
function refusalOf(request: IncomingMessage): number | null {
	if (!METHODS.has(request.method ?? '')) return 405;
	if (!HOST_PATTERN.test(request.headers.host ?? '')) return 400;
	const target = request.url ?? '';
	if (target.length > LONGEST_TARGET) return 414;
	return target.startsWith('/') && isDecodable(target) ? null : 400;
}

function isDecodable(target: string): boolean {
	try {
		return !decodeURIComponent(target.split('?')[0]).includes('\0');
	} catch {
		return false;
	}
}

/**
 * The server in front of SvelteKit: time limits, the headers of every answer, and requests that are
 * none turned away.
 */
export async function createFrontDoor(config: Config): Promise<Server> {
	const handler = await loadHandler(config);
	const secure = config.origin?.startsWith('https:') ?? false;
	const headers = Object.entries({
		...SECURITY_HEADERS,
		'Content-Security-Policy': CLOSED_POLICY,
		...(secure ? { 'Strict-Transport-Security': STRICT_TRANSPORT } : {})
	});
	const server = createServer((request, response) => {
		for (const [name, value] of headers) response.setHeader(name, value);
		const refusal = refusalOf(request);
		if (refusal !== null) {
			response.writeHead(refusal, { 'Content-Type': 'text/plain; charset=utf-8' });
			response.end(`${refusal}\n`);
			return;
		}
		request.headers[PROTOCOL_HEADER] = 'http';
		handler(request, response);
	});
	server.headersTimeout = HEADERS_TIMEOUT_MS;
	server.requestTimeout = REQUEST_TIMEOUT_MS;
	server.keepAliveTimeout = KEEP_ALIVE_MS;
	return server;
}
