import { Agent, request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';

/** An answer, read to its end. */
export interface Answer {
	status: number;
	headers: IncomingHttpHeaders;
	text: string;
}

/** A request with exactly these headers: nothing is added, but for `Host`. */
export interface Message {
	method?: string;
	headers?: Record<string, string>;
	body?: string | Buffer;
	/** Without a `Content-Length`: chunked. */
	chunked?: boolean;
}

/** Longer than any answer may take (milliseconds): a server that hangs fails the test. */
const PATIENCE = 20_000;

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Sends a request and reads the answer; redirects are not followed. */
export function send(origin: string, path: string, message: Message = {}): Promise<Answer> {
	const { method = 'GET', headers = {}, body, chunked = false } = message;
	const { hostname, port } = new URL(origin);
	// A connection that somebody asks to become something else is not used again.
	const pool = 'Connection' in headers ? false : agent;
	return new Promise((resolve, reject) => {
		const sent = request(
			{ agent: pool, hostname, port, path, method, headers, timeout: PATIENCE },
			(response) => {
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.once('error', reject);
				response.once('end', () =>
					resolve({
						status: response.statusCode ?? 0,
						headers: response.headers,
						text: Buffer.concat(chunks).toString()
					})
				);
			}
		);
		sent.once('timeout', () => sent.destroy(new Error(`no answer to ${method} ${path}`)));
		sent.once('error', reject);
		if (body === undefined) return sent.end();
		if (!chunked) sent.setHeader('Content-Length', Buffer.byteLength(body));
		sent.end(body);
	});
}

/** Sends bytes as they are, and reads what comes until the server closes. */
export async function sendRaw(origin: string, bytes: string | Buffer): Promise<string> {
	const { hostname, port } = new URL(origin);
	const socket = connect(Number(port), hostname);
	const chunks: Buffer[] = [];
	socket.on('data', (chunk) => chunks.push(chunk));
	// A server that has refused may close before everything was sent.
	socket.on('error', () => {});
	socket.setTimeout(PATIENCE, () => socket.destroy());
	socket.write(bytes);
	await once(socket, 'close');
	return Buffer.concat(chunks).toString('latin1');
}

/** The fields of a form, as a browser sends them. */
export function form(fields: Record<string, string>): string {
	return new URLSearchParams(fields).toString();
}

/** The cookies that an answer sets, by name, without their attributes. */
export function cookiesOf({ headers }: Answer): Record<string, string> {
	const pairs = (headers['set-cookie'] ?? []).map((line) => line.split(';', 1)[0].split('=', 2));
	return Object.fromEntries(pairs) as Record<string, string>;
}
