import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { endOnSignals } from '../../../src/front-door/ending.ts';

let end: () => void;
let exits: unknown[];

/** A server that is told to end, once it is; `close` is what is to be closed then. */
function serve(
	close: () => Promise<void>,
	server = createServer(),
	underWay = new Set<ServerResponse>()
): void {
	vi.spyOn(process, 'on').mockImplementation((event, listener: () => void) => {
		if (event === 'SIGTERM') end = listener;
		return process;
	});
	endOnSignals({ server, underWay }, 0, close);
}

beforeEach(() => {
	vi.useFakeTimers();
	exits = [];
	vi.spyOn(process, 'exit').mockImplementation(((code: unknown) => exits.push(code)) as never);
	vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(() => {
	vi.useRealTimers();
	vi.restoreAllMocks();
});

test('it ends when all is closed', async () => {
	serve(() => Promise.resolve());
	end();
	await vi.advanceTimersByTimeAsync(0);
	expect(exits).toEqual([0]);
});

test('it is not held up by a database that hangs', async () => {
	serve(() => new Promise(() => {}));
	end();
	await vi.advanceTimersByTimeAsync(14_000);
	expect(exits).toEqual([]);
	await vi.advanceTimersByTimeAsync(1_000);
	expect(exits).toEqual([1]);
});

test('what cannot be closed is told by how it ends', async () => {
	serve(() => Promise.reject(new Error('no')));
	end();
	await vi.advanceTimersByTimeAsync(0);
	expect(exits).toEqual([1]);
});

test('who reads slowly gets all of it, and who waits for nothing holds up nobody', async () => {
	// More than any socket takes at once.
	const long = 'long '.repeat(6_000_000);
	const underWay = new Set<ServerResponse>();
	const server = createServer((request, response) => {
		response.end(request.url === '/long' ? long : 'short');
		underWay.add(response);
		response.once('close', () => underWay.delete(response));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	serve(() => Promise.resolve(), server, underWay);
	const { port } = server.address() as AddressInfo;
	const ask = async (path: string) => {
		const socket = connect(port, '127.0.0.1');
		socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
		await once(socket, 'readable');
		return socket;
	};
	const reader = await ask('/long');
	const idle = await ask('/short');
	const closed = once(server, 'close');
	end();
	expect((await text(reader)).endsWith(`\r\n\r\n${long}`)).toBe(true);
	await closed;
	expect(exits).toEqual([0]);
	idle.destroy();
});
