import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Incoming } from '../../../src/front-door/application/incoming.ts';

const LIMIT = 1000;

let server: Server;
let url: string;
/** What is done with a request; what comes of it is the answer. */
let take: (incoming: Incoming) => Promise<unknown>;

/** What went wrong, as the rest of the house sees it. */
function faultOf(thrown: unknown): { status: unknown; name: string } {
	const { status, name } = thrown as { status?: unknown; name: string };
	return { status: status ?? null, name };
}

beforeEach(async () => {
	server = createServer((request, response) => {
		const incoming = new Incoming(request, 'https://example.org', LIMIT);
		take(incoming).then(
			(value) => response.end(JSON.stringify(value)),
			(thrown: unknown) => response.end(JSON.stringify(faultOf(thrown)))
		);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
	server.closeAllConnections();
	server.close();
});

async function sent(init: RequestInit & { duplex?: 'half' }, path = '/a?b=c'): Promise<unknown> {
	return (await fetch(url + path, init)).json();
}

/** A body of pieces whose length nobody says beforehand. */
function inPieces(...pieces: string[]): RequestInit & { duplex: 'half' } {
	const body = Readable.toWeb(Readable.from(pieces.map((piece) => Buffer.from(piece))));
	return { method: 'POST', body: body as ReadableStream, duplex: 'half' };
}

test('address, method and headers are those of the request', async () => {
	take = (incoming) =>
		Promise.resolve({
			...{ url: incoming.url, method: incoming.method },
			header: incoming.headers.get('x-one'),
			isRequest: incoming instanceof Request
		});
	const answer = await sent({ method: 'PUT', headers: { 'X-One': 'two' } });
	const address = 'https://example.org/a?b=c';
	expect(answer).toEqual({ url: address, method: 'PUT', header: 'two', isRequest: true });
});

describe('a body', () => {
	test('is had as bytes, text and JSON', async () => {
		take = async (incoming) => [...new Uint8Array(await incoming.arrayBuffer())];
		expect(await sent({ method: 'POST', body: 'né' })).toEqual([...Buffer.from('né')]);
		take = (incoming) => incoming.text();
		expect(await sent({ method: 'POST', body: 'né' })).toBe('né');
		take = (incoming) => incoming.json();
		expect(await sent({ method: 'POST', body: '{"a":[1]}' })).toEqual({ a: [1] });
	});

	test('is had as a form, with its files', async () => {
		take = async (incoming) => {
			const form = await incoming.formData();
			const file = form.get('file');
			return [form.get('name'), file instanceof Blob ? await file.text() : null];
		};
		const form = new FormData();
		form.set('name', 'Ada & né');
		expect(await sent({ method: 'POST', body: new URLSearchParams({ name: 'Ada & né' }) })).toEqual(
			['Ada & né', null]
		);
		form.set('file', new Blob(['inside']), 'a.txt');
		expect(await sent({ method: 'POST', body: form })).toEqual(['Ada & né', 'inside']);
	});

	test('that is no form is refused as that', async () => {
		take = (incoming) => incoming.formData();
		expect(await sent({ method: 'POST', body: 'x' })).toEqual({ status: null, name: 'TypeError' });
	});

	test('comes whole where its length was not said', async () => {
		take = (incoming) => incoming.text();
		expect(await sent(inPieces('one ', 'two ', 'three'))).toBe('one two three');
	});

	test('is empty where there is none', async () => {
		take = (incoming) => incoming.text();
		expect(await sent({ method: 'POST' })).toBe('');
	});

	test('may be as long as the limit', async () => {
		take = async (incoming) => (await incoming.text()).length;
		expect(await sent({ method: 'POST', body: 'x'.repeat(LIMIT) })).toBe(LIMIT);
	});

	test('that is longer is refused, whether that was said or not', async () => {
		take = (incoming) => incoming.text();
		const tooLong = { status: 413, name: 'Error' };
		expect(await sent({ method: 'POST', body: 'x'.repeat(LIMIT + 1) })).toEqual(tooLong);
		expect(await sent(inPieces('x'.repeat(LIMIT), 'x'))).toEqual(tooLong);
	});

	test('that was read already, or broke off before, is an error at once', async () => {
		take = async (incoming) => {
			await incoming.text();
			return incoming.text();
		};
		const fault = { status: null, name: 'Error' };
		expect(await sent({ method: 'POST', body: 'once' })).toEqual(fault);
		const gone = new Promise((resolve) => {
			server.once('request', (request: IncomingMessage) => request.once('close', resolve));
		});
		const late = new Promise((resolve) => {
			take = async (incoming) => {
				await gone;
				resolve(faultOf(await incoming.text().catch((thrown: unknown) => thrown)));
			};
		});
		const socket = connect(Number(new URL(url).port), '127.0.0.1');
		socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf');
		await once(server, 'request');
		socket.destroy();
		expect(await late).toEqual(fault);
	});

	test('that breaks off is an error, and no shorter body', async () => {
		const fault = new Promise((resolve) => {
			take = (incoming) => incoming.text().catch((thrown: unknown) => resolve(faultOf(thrown)));
		});
		const socket = connect(Number(new URL(url).port), '127.0.0.1');
		socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf');
		await once(server, 'request');
		socket.destroy();
		expect(await fault).toEqual({ status: null, name: 'Error' });
	});
});
