import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { fetchOutside, LARGEST } from '#lib/server/outside/fetch.ts';
import type { Address } from '#lib/server/outside/targets.ts';

const LOOPBACK: Address = { address: '127.0.0.1', family: 4 };
const PRIVATE: Address = { address: '10.0.0.1', family: 4 };
const WANTED = { types: ['image/png'] };

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let port: number;
let asked: string[] = [];
let headers: IncomingMessage['headers'] = {};

function image(body: Buffer, more: Record<string, string> = {}): Answer {
	return (_, response) =>
		response.writeHead(200, { 'content-type': 'image/png', ...more }).end(body);
}

function redirect(location: string): Answer {
	return (_, response) => response.writeHead(302, { location }).end();
}

const ANSWERS: Record<string, Answer> = {
	'/image': image(Buffer.from('an image')),
	'/packed': image(gzipSync('an image'), { 'content-encoding': 'gzip' }),
	'/bomb': image(gzipSync(Buffer.alloc(50 * LARGEST)), { 'content-encoding': 'gzip' }),
	'/large': image(Buffer.alloc(LARGEST + 1)),
	'/strange': image(Buffer.from('x'), { 'content-encoding': 'constructor' }),
	'/html': (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
	'/missing': (_, response) => response.writeHead(404, { 'content-type': 'image/png' }).end('x'),
	'/once': redirect('/image'),
	'/3': redirect('/2'),
	'/2': redirect('/once'),
	'/4': redirect('/3'),
	'/round': redirect('/round'),
	'/nowhere': redirect('http://'),
	'/inside': redirect('http://10.0.0.1/image'),
	'/metadata': redirect('http://169.254.169.254/latest/'),
	'/file': redirect('file:///etc/passwd'),
	'/ssh': redirect('http://public.example:22/')
};

const server = createServer((request, response) => {
	asked.push(request.url ?? '');
	({ headers } = request);
	ANSWERS[request.url ?? '']?.(request, response);
});

beforeAll(async () => {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	({ port } = server.address() as AddressInfo);
});
beforeEach(() => void (asked = []));
afterAll(() => {
	server.closeAllConnections();
	server.close();
});

/** Fetches from the listener, whose address counts as public, by a name that leads there. */
function get(path: string, resolve = () => Promise.resolve([LOOPBACK])) {
	const exceptions = { ports: [port], addresses: ['127.0.0.1'], resolve };
	return fetchOutside(`http://public.example:${port}${path}`, WANTED, exceptions);
}

test.each(['/image', '/packed', '/once', '/3'])('I8 %s comes', async (path) => {
	const { type, body } = await get(path);
	expect([type, body.toString()]).toEqual(['image/png', 'an image']);
	expect(headers).toMatchObject({ host: `public.example:${port}` });
	expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['cookie']));
	expect(headers).not.toHaveProperty('authorization');
});

test.each([
	...['/bomb', '/large', '/strange', '/html', '/missing', '/4', '/round', '/nowhere'],
	...['/inside', '/metadata', '/file', '/ssh']
])('I8 %s does not come, in the same words', async (path) => {
	await expect(get(path)).rejects.toThrow(/^This address cannot be fetched\.$/);
	expect(asked[0]).toBe(path);
});

test('I8 a listener on this machine is not asked, nor is it told from none', async () => {
	for (const url of [`http://127.0.0.1:${port}/image`, 'http://127.0.0.1:9/image']) {
		await expect(fetchOutside(url, WANTED)).rejects.toThrow(/^This address cannot be fetched\.$/);
		const open = { ports: [port, 9] };
		await expect(fetchOutside(url, WANTED, open)).rejects.toThrow(
			/^This address cannot be fetched\.$/
		);
	}
	expect(asked).toEqual([]);
});

test('I8 a name that changes its address is resolved once, and the connection goes there', async () => {
	const answers = [LOOPBACK, PRIVATE];
	let resolved = 0;
	const resolve = () => Promise.resolve([answers[Math.min(resolved++, 1)]]);
	expect((await get('/image', resolve)).body.toString()).toBe('an image');
	expect(resolved).toBe(1);
});

test('I8 a name that changes its address is found out at the redirect', async () => {
	const answers = [LOOPBACK, PRIVATE];
	let resolved = 0;
	const resolve = () => Promise.resolve([answers[Math.min(resolved++, 1)]]);
	await expect(get('/once', resolve)).rejects.toThrow();
	expect(asked).toEqual(['/once']);
});
