import { once } from 'node:events';
import { mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sender } from '../../../src/front-door/application/files.ts';

// More than a socket takes at once, so that it is under way when its reader goes.
const LONG = 'x'.repeat(4_000_000);

let directory: string;
let server: Server;
let port: number;

beforeEach(async () => {
	directory = mkdtempSync(join(tmpdir(), 'afterword-files-'));
	for (const name of ['a.txt', 'gone.txt']) writeFileSync(join(directory, name), LONG);
	const send = sender(directory, '/immutable/');
	server = createServer((request, response) => {
		send(request, response, () => response.writeHead(404).end());
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	({ port } = server.address() as AddressInfo);
});
afterEach(() => {
	server.closeAllConnections();
	server.close();
	rmSync(directory, { recursive: true, force: true });
});

/** How many files of the directory this process has open. */
function openFiles(): number {
	return readdirSync('/proc/self/fd').filter((fd) => {
		try {
			return readlinkSync(`/proc/self/fd/${fd}`).startsWith(directory);
		} catch {
			return false;
		}
	}).length;
}

const get = (name: string) => fetch(`http://127.0.0.1:${port}/${name}`);

test.runIf(process.platform === 'linux')('a reader who goes leaves no file open', async () => {
	for (let n = 0; n < 5; n++) {
		const socket = connect(port, '127.0.0.1');
		socket.write('GET /a.txt HTTP/1.1\r\nHost: x\r\n\r\n');
		await once(socket, 'data');
		expect(openFiles()).toBeGreaterThan(0);
		socket.destroy();
	}
	await expect.poll(openFiles).toBe(0);
});

test('a file that is gone breaks its answer off, and no other', async () => {
	rmSync(join(directory, 'gone.txt'));
	await expect(get('gone.txt').then((answer) => answer.text())).rejects.toThrow();
	expect((await (await get('a.txt')).text()).length).toBe(LONG.length);
	expect((await get('nothing.txt')).status).toBe(404);
});
