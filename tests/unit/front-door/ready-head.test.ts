import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
	KEEP_ALIVE_MS,
	ReadyHead,
	sendReady,
	takesReadyHead
} from '../../../src/front-door/page-cache/ready-head.ts';

const BODY = Buffer.from('<p>Kept.</p>');
// More than any socket takes at once.
const LONG = Buffer.alloc(30_000_000, 'long ');
const HEADERS = ['Cache-Status', 'afterword; hit', 'Content-Length', String(BODY.length)];

let server: Server;
/** Whether each answer began with a ready head. */
let ready: boolean[];

beforeEach(async () => {
	ready = [];
	const head = new ReadyHead(200, HEADERS);
	const longHead = new ReadyHead(200, ['Content-Length', String(LONG.length)]);
	server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
		if (request.url === '/long') return sendReady(response, longHead, LONG);
		const isReady = request.url === '/kept' && takesReadyHead(request, response);
		ready.push(isReady);
		const body = request.method === 'HEAD' ? undefined : BODY;
		if (isReady) sendReady(response, head, body);
		else response.writeHead(200, HEADERS).end(body);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
});
afterEach(() => {
	server.closeAllConnections();
	server.close();
});

/** What the server says to all of these, until it closes the connection. */
async function said(...requests: string[]): Promise<string> {
	const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
	socket.write(requests.map((lines) => `${lines}\r\nHost: localhost\r\n`).join('\r\n') + '\r\n');
	return (await text(socket)).replace(/^Date: .+$/gm, 'Date: now');
}

const last = (path: string) => `GET ${path} HTTP/1.1\r\nConnection: close`;

test('a ready head says what Node would say', async () => {
	const kept = await said('GET /kept HTTP/1.1', last('/end'));
	const plain = await said('GET /plain HTTP/1.1', last('/end'));
	expect(ready).toEqual([true, false, false, false]);
	expect(kept).toBe(plain);
	expect(kept).toContain(
		`Content-Length: ${BODY.length}\r\nDate: now\r\nConnection: keep-alive\r\n`
	);
});

test('who reads slowly gets all of it, and then the next answer', async () => {
	const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
	socket.write(
		`GET /long HTTP/1.1\r\nHost: localhost\r\n\r\n${last('/kept')}\r\nHost: localhost\r\n\r\n`
	);
	// The server has sent what goes out at once, and more stays behind.
	await once(socket, 'readable');
	const all = await text(socket);
	expect(all.length).toBeGreaterThan(LONG.length);
	expect(all.indexOf('long '.repeat(LONG.length / 5))).toBeGreaterThan(0);
	expect(all).toMatch(/long HTTP\/1\.1 200 OK\r\n[\s\S]+<p>Kept\.<\/p>$/);
});

test('who goes in the middle of it harms nobody', async () => {
	const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
	socket.write('GET /long HTTP/1.1\r\nHost: localhost\r\n\r\n');
	const [[, response]] = await Promise.all([once(server, 'request'), once(socket, 'readable')]);
	const closed = once(response as ServerResponse, 'close');
	socket.resetAndDestroy();
	await closed;
	expect(await said(last('/kept'))).toContain('<p>Kept.</p>');
});

test('HEAD gets the head alone', async () => {
	const kept = await said('HEAD /kept HTTP/1.1', last('/end'));
	expect(ready).toEqual([true, false]);
	expect(kept).toBe(await said('HEAD /plain HTTP/1.1', last('/end')));
	expect(kept.match(/Kept/g)).toHaveLength(1);
});

test('several requests at once are answered in their order, whole', async () => {
	const kept = await said('GET /kept HTTP/1.1', 'GET /kept HTTP/1.1', last('/end'));
	expect(kept.match(/HTTP\/1\.1 200 OK\r\n/g)).toHaveLength(3);
	expect(kept.match(/<p>Kept\.<\/p>/g)).toHaveLength(3);
});

test.each([last('/kept'), 'GET /kept HTTP/1.0'])(
	'a connection that ends is told so: %j',
	async (request) => {
		expect(await said(request)).toContain('Connection: close');
		expect(ready).toEqual([false]);
	}
);

test('the date is that of the answer', async () => {
	const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
	socket.write(
		`GET /kept HTTP/1.1\r\nHost: localhost\r\n\r\n${last('/end')}\r\nHost: localhost\r\n\r\n`
	);
	const dates = [...(await text(socket)).matchAll(/^Date: (.+ GMT)\r$/gm)].map(([, date]) =>
		Date.parse(date)
	);
	expect(dates).toHaveLength(2);
	expect(Math.abs(dates[0] - dates[1])).toBeLessThanOrEqual(1000);
	expect(Math.abs(dates[0] - Date.now())).toBeLessThan(60_000);
});

test('a ready head that is kept keeps nothing else in memory', () => {
	const bytes = new ReadyHead(200, HEADERS).now();
	expect(bytes.buffer.byteLength).toBe(bytes.length);
	expect(String(bytes)).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]+timeout=65\r\n\r\n$/);
});

test.each([
	['Cache-Tag', 'site@1\r\nSet-Cookie: a=b'],
	['Cache Tag', 'site@1']
])('no header can begin another: %j', (name, value) => {
	expect(() => new ReadyHead(200, [name, value])).toThrow(TypeError);
});
