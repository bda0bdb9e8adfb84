import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inTurn } from '../../../src/front-door/turns.ts';

let server: Server;
/** The addresses of requests that were taken, and their answers, which the tests give. */
let taken: { path: string; response: ServerResponse }[];
let waiting: ServerResponse[];

beforeEach(async () => {
	taken = [];
	waiting = [];
	const take = inTurn(
		({ url = '' }, response) => {
			taken.push({ path: url, response });
			server.emit('taken');
		},
		(response) => void waiting.push(response)
	);
	server = createServer(take).listen(0, '127.0.0.1');
	await once(server, 'listening');
});
afterEach(() => {
	server.closeAllConnections();
	server.close();
});

async function ask(...requests: string[]): Promise<Socket> {
	const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
	const first = once(server, 'taken');
	socket.write(requests.map((lines) => `GET ${lines}\r\nHost: localhost\r\n\r\n`).join(''));
	await first;
	return socket;
}

const paths = () => taken.map(({ path }) => path);

test('what is asked at once is taken up one by one, each after the answer before it', async () => {
	const socket = await ask('/1 HTTP/1.1', '/2 HTTP/1.1\r\nExpect: 100-continue', '/3 HTTP/1.0');
	for (const [n, path] of ['/1', '/2', '/3'].entries()) {
		expect(paths()).toHaveLength(n + 1);
		expect(waiting).toHaveLength(2);
		const next = once(server, 'taken');
		taken[n].response.end(`answer ${path}`);
		if (n < 2) await next;
	}
	const said = (await text(socket)).match(/HTTP\/1\.1 \d+|answer ../g);
	const ok = 'HTTP/1.1 200';
	const goOn = 'HTTP/1.1 100';
	expect(said).toEqual([ok, 'answer /1', goOn, ok, 'answer /2', ok, 'answer /3']);
});

test('who goes has nothing more done for them', async () => {
	const socket = await ask('/1 HTTP/1.1', '/2 HTTP/1.1', '/3 HTTP/1.1');
	const closed = Promise.all(waiting.map((response) => once(response, 'close')));
	socket.resetAndDestroy();
	await closed;
	taken[0].response.end();
	expect(paths()).toEqual(['/1']);
});
