import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Visit } from '#lib/server/monitoring/visits.ts';
import { headersOfAll } from '../../../src/front-door/application/head.ts';
import { send } from '../../../src/front-door/application/outgoing.ts';

const ofAll = headersOfAll({ origin: 'https://example.org' });

let server: Server;
let port: number;
/** What is answered. */
let answer: (visit: Visit) => Response;
/** How sending it ended. */
let ended: Promise<unknown>;

beforeEach(async () => {
	let end: (how: unknown) => void;
	ended = new Promise((resolve) => (end = resolve));
	server = createServer((_request, response) => {
		const visit: Visit = { id: 'the-request', route: '', trace: null, isOver: false };
		Promise.try(() => send(response, answer(visit), { visit, ofAll })).then(() => end('well'), end);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	({ port } = server.address() as AddressInfo);
});
afterEach(() => {
	server.closeAllConnections();
	server.close();
});

const get = () => fetch(`http://127.0.0.1:${port}/`);

test('bytes that were handed over for it are sent in its place', async () => {
	answer = (visit) => {
		visit.body = Buffer.from('handed over');
		return new Response('', {
			headers: { 'content-length': '11', 'x-frame-options': 'SAMEORIGIN' }
		});
	};
	const { headers, status, ...rest } = await get().then(async (got) => ({
		...{ headers: got.headers, status: got.status },
		text: await got.text()
	}));
	expect([status, rest.text]).toEqual([200, 'handed over']);
	expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
	expect(headers.get('content-security-policy')).toContain("default-src 'none'");
	expect(headers.get('x-request-id')).toBe('the-request');
});

test('bytes that are those of another answer are not', async () => {
	answer = (visit) => {
		visit.body = Buffer.from('of a page that failed after it was made');
		return new Response('Sorry.', { status: 500 });
	};
	const got = await get();
	expect([got.status, await got.text()]).toEqual([500, 'Sorry.']);
});

test('a stream that breaks off is no answer, and somebody hears of it', async () => {
	answer = () =>
		new Response(
			new ReadableStream({
				start(controller) {
					controller.enqueue(new TextEncoder().encode('one'));
				},
				pull(controller) {
					controller.error(new Error('The disk is gone.'));
				}
			})
		);
	await expect(get().then((got) => got.text())).rejects.toThrow();
	expect(await ended).toEqual(new Error('The disk is gone.'));
});

test('a reader who goes ends a stream, which is no fault', async () => {
	let cancelled = false;
	answer = () =>
		new Response(
			new ReadableStream({
				start: (controller) => controller.enqueue(new TextEncoder().encode('data: 1\n\n')),
				cancel: () => void (cancelled = true)
			}),
			{ headers: { 'content-type': 'text/event-stream' } }
		);
	const socket = connect(port, '127.0.0.1');
	socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
	await once(socket, 'data');
	socket.destroy();
	expect(await ended).toBe('well');
	expect(cancelled).toBe(true);
});
