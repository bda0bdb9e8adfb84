import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { STATUS_CODES } from 'node:http';

/** The methods that are answered at all. */
export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
/** Those that only read. */
export const READING = ['GET', 'HEAD'];
const HOST_PATTERN = /^[\w.-]+(?::\d{1,5})?$|^\[[\da-f:.]+\](?::\d{1,5})?$/i;
// What other servers take; a longer address or header is no browser's.
const LONGEST_TARGET = 8_000;
const LONGEST_HEADER = 8_000;

type Headers = readonly (readonly [name: string, value: string])[];

// Nearly every request names the same.
let lastHost = '';

function isHost(host: string): boolean {
	if (host === lastHost && host !== '') return true;
	const is = HOST_PATTERN.test(host) && URL.canParse(`http://${host}/`);
	if (is) lastHost = host;
	return is;
}

function isDecodable(target: string): boolean {
	if (!target.includes('%')) return !target.includes('\0');
	try {
		return !decodeURIComponent(target.split('?')[0]).includes('\0');
	} catch {
		return false;
	}
}

function hasLongHeader({ rawHeaders }: IncomingMessage): boolean {
	return rawHeaders.some((part) => part.length > LONGEST_HEADER);
}

/** What is wrong with a request before anybody looks at it: a status, or null. */
export function statusFor(request: IncomingMessage): number | null {
	if (!METHODS.includes(request.method ?? '')) return 405;
	if (!isHost(request.headers.host ?? '')) return 400;
	const target = request.url ?? '';
	if (target.length > LONGEST_TARGET) return 414;
	if (hasLongHeader(request)) return 431;
	// A compressed body may be a thousand times as long as the limit for bodies says.
	if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') return 415;
	return target.startsWith('/') && isDecodable(target) ? null : 400;
}

function words(status: number): string {
	return `${status} ${STATUS_CODES[status] ?? ''}\n`;
}

/** Answers with a status and nothing else. The headers that every answer has are set already. */
export function turnAway(response: ServerResponse, status: number, methods = METHODS): void {
	const allow = status === 405 ? { Allow: methods.join(', ') } : {};
	const type = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' };
	response.writeHead(status, { ...type, ...allow });
	response.end(words(status));
}

const STATUS_OF: Record<string, number | undefined> = {
	HPE_HEADER_OVERFLOW: 431,
	HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
	ERR_HTTP_REQUEST_TIMEOUT: 408
};

/** Whether an answer has begun on a connection, which another one would get into the middle of. */
function isAnswering(socket: Socket & { _httpMessage?: ServerResponse | null }): boolean {
	return socket._httpMessage?.headersSent ?? false;
}

/** Answers what is no HTTP, with the headers that every answer has, and closes. */
export function hangUp(error: NodeJS.ErrnoException, socket: Socket, headers: Headers): void {
	if (error.code === 'ECONNRESET' || !socket.writable || isAnswering(socket)) {
		socket.destroy();
		return;
	}
	const status = STATUS_OF[error.code ?? ''] ?? 400;
	const body = words(status);
	const all = [
		...headers,
		['Content-Type', 'text/plain; charset=utf-8'],
		['Content-Length', String(Buffer.byteLength(body))],
		['Connection', 'close']
	];
	const lines = all.map(([name, value]) => `${name}: ${value}\r\n`).join('');
	socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines}\r\n${body}`);
}
