import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Sink } from '#lib/server/live/source.ts';
import type { Visit } from '#lib/server/monitoring/visits.ts';
import { sendEvents } from '../../../src/front-door/application/events.ts';
import { hangUp } from '../../../src/front-door/turned-away.ts';

const REQUEST = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';

let server: Server;
let reader: Socket;
/** What was asked first, as it is answered. */
let begun: { response: ServerResponse; connection: Socket; sink: Sink; visit: Visit };
/** How often this happened. */
let times: { asked: number; begun: number; closed: number; stopped: number };
/** As ever, SvelteKit takes its time. */
let answered: Promise<unknown>;

beforeEach(async () => {
	const counted = (times = { asked: 0, begun: 0, closed: 0, stopped: 0 });
	answered = new Promise((resolve) => setImmediate(resolve));
	server = createServer((_request, response) => {
		if (counted.asked++ > 0) return;
		const visit: Visit = { id: 'it', route: '', trace: null, isOver: false };
		response.on('close', () => counted.closed++);
		void answered.then(() => {
			const connection = response.socket!;
			visit.events = (sink) => {
				counted.begun++;
				begun = { response, connection, sink, visit };
				return () => counted.stopped++;
			};
			sendEvents(response, ['content-type', 'text/event-stream'], visit);
		});
	});
	server.on('clientError', (error, socket) => hangUp(error, socket as Socket, []));
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	reader = connect((server.address() as AddressInfo).port, '127.0.0.1');
});
afterEach(async () => {
	reader.destroy();
	server.close();
	await once(server, 'close');
});

/** Reads until the text matches; gives all of it. */
async function heard(pattern: RegExp): Promise<string> {
	let text = '';
	for await (const chunk of reader.iterator({ destroyOnReturn: false })) {
		text += String(chunk);
		if (pattern.test(text)) break;
	}
	return text;
}

function send(text: string): void {
	begun.sink.write(Buffer.from(text));
}

test('events go straight to the connection, and nothing is kept of the answer', async () => {
	reader.write(REQUEST);
	const head = await heard(/\r\n\r\n/);
	expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
	expect(head).toMatch(/^connection: close\r$/im);
	expect(head).not.toMatch(/transfer-encoding/i);
	const { response, connection, visit } = begun;
	expect(response.socket).toBeNull();
	expect((connection as { parser?: unknown }).parser).toBeNull();
	expect(visit.connection).toBe(connection);
	expect(times).toEqual({ asked: 1, begun: 1, closed: 1, stopped: 0 });
	send('data: 1\n\n');
	send('data: 2\n\n');
	expect(await heard(/2\n\n/)).toBe('data: 1\n\ndata: 2\n\n');
});

test('a reader who goes is heard of once', async () => {
	reader.write(REQUEST);
	await heard(/\r\n\r\n/);
	reader.destroy();
	await expect.poll(() => times.stopped).toBe(1);
	expect(begun.connection.destroyed).toBe(true);
	send('to nobody');
});

test('when a reader has said all it is over', async () => {
	reader.write(REQUEST);
	await heard(/\r\n\r\n/);
	send('data: 1\n\n');
	expect(await heard(/1\n\n/)).toBe('data: 1\n\n');
	reader.end();
	await expect.poll(() => times.stopped).toBe(1);
});

test('a reader who says more is hung up on', async () => {
	reader.write(REQUEST);
	await heard(/\r\n\r\n/);
	reader.on('error', () => {}).write(`${REQUEST}\x00 what is this`);
	await expect.poll(() => times.stopped).toBe(1);
	expect(begun.connection.destroyed).toBe(true);
	expect(times.asked).toBe(1);
});

test('when there is no more, the reader gets all of it and the connection is closed', async () => {
	reader.write(REQUEST);
	await heard(/\r\n\r\n/);
	send('event: gone\n\n');
	begun.sink.end();
	expect(await heard(/never/)).toBe('event: gone\n\n');
	await expect.poll(() => times.stopped).toBe(1);
});

test('who takes nothing is not waited for', async () => {
	reader.write(REQUEST);
	await heard(/\r\n\r\n/);
	reader.pause();
	const much = 'x'.repeat(1_000_000);
	while (begun.sink.waiting === 0) send(much);
	begun.sink.end();
	await expect.poll(() => times.stopped).toBe(1);
});

test('where more was asked on the connection meanwhile, the events are sent all the same', async () => {
	reader.write(REQUEST + REQUEST);
	await heard(/\r\n\r\n/);
	expect(times.asked).toBe(2);
	expect(begun.response.socket).toBe(begun.connection);
	send('data: 1\n\n');
	expect(await heard(/1\n\n/)).toBe('data: 1\n\n');
	expect([times.closed, times.stopped]).toEqual([0, 0]);
	begun.sink.end();
	await expect.poll(() => [times.closed, times.stopped]).toEqual([1, 1]);
});

test('who has gone before they could be told anything never begins to listen', async () => {
	let answer: (value?: unknown) => void = () => {};
	answered = new Promise((resolve) => (answer = resolve));
	reader.write(REQUEST);
	await expect.poll(() => times.asked).toBe(1);
	reader.destroy();
	await expect.poll(() => times.closed).toBe(1);
	answer();
	await answered;
	expect(times.begun).toBe(0);
});

test('who asks with half a body and then says what is no HTTP gets no second answer into the first', async () => {
	const ended = once(reader, 'close').then(() => 'closed');
	reader
		.on('error', () => {})
		.write(REQUEST.replace('\r\n\r\n', '\r\nTransfer-Encoding: chunked\r\n\r\n'));
	await heard(/\r\n\r\n/);
	send('data: 1\n\n');
	reader.write('no chunk\r\n');
	expect(await heard(/never/).catch(() => '')).not.toContain('HTTP/1.1 400');
	expect(await ended).toBe('closed');
	await expect.poll(() => [times.closed, times.stopped]).toEqual([1, 1]);
});
