import type { IncomingMessage, ServerResponse } from 'node:http';
import { STATUS_CODES, validateHeaderName, validateHeaderValue } from 'node:http';

/** How long a connection is kept open for the next request. Above the usual 60 s of proxies, so that they, not we, end idle ones. */
export const KEEP_ALIVE_MS = 65_000;

const SECOND_MS = 1000;
const CONNECTION = `Connection: keep-alive\r\nKeep-Alive: timeout=${KEEP_ALIVE_MS / SECOND_MS}\r\n`;

let second = 0;
let date = '';

/** The header that says when an answer was sent, written once a second. */
function dateNow(): string {
	const at = Math.floor(Date.now() / SECOND_MS);
	if (at !== second) {
		second = at;
		date = `Date: ${new Date(at * SECOND_MS).toUTCString()}\r\n`;
	}
	return date;
}

/**
 * The head of answers that say the same each time, ready to be sent but for the date.
 * @param headers names and values in turn. @throws {TypeError} for what no header may hold
 */
export class ReadyHead {
	#lines: string;
	#bytes = Buffer.alloc(0);
	#date = '';

	constructor(status: number, headers: readonly string[]) {
		this.#lines = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n`;
		for (let n = 0; n < headers.length; n += 2) {
			validateHeaderName(headers[n]);
			validateHeaderValue(headers[n], headers[n + 1]);
			this.#lines += `${headers[n]}: ${headers[n + 1]}\r\n`;
		}
	}

	/** The bytes of an answer's head that is sent now, on a connection that goes on. */
	now(): Buffer {
		const date = dateNow();
		if (date !== this.#date) {
			this.#date = date;
			// In memory of their own: they are kept, and in Node's pool would keep 64 kB. What is being sent stays as it is.
			const head = `${this.#lines}${date}${CONNECTION}\r\n`;
			this.#bytes = Buffer.allocUnsafeSlow(head.length);
			this.#bytes.write(head, 'latin1');
		}
		return this.#bytes;
	}
}

/** Whether an answer may begin with a head that is ready: it is this one's turn on its connection, which goes on, as nearly all do. */
export function takesReadyHead(request: IncomingMessage, response: ServerResponse): boolean {
	return (
		request.httpVersion === '1.1' && response.shouldKeepAlive && response.socket?.writable === true
	);
}

/**
 * Sends an answer whose head is ready. Node checks and joins some twenty headers for each answer, and makes three pieces
 * of it: a seventh of what sending a kept page costs. `_header` is what it looks for before it makes a head.
 */
export function sendReady(response: ServerResponse, head: ReadyHead, body?: Buffer): void {
	const inside = response as unknown as { _header: string; _headerSent: boolean };
	inside._header = 'ready';
	inside._headerSent = true;
	const socket = response.socket!;
	socket.cork();
	socket.write(head.now());
	if (body) socket.write(body);
	socket.uncork();
	response.end();
}
