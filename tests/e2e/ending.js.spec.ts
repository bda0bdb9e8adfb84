import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { startSite } from '../support/server.ts';
import { discussion, guest } from './support/api.ts';
import { tokensOf } from './support/load.ts';
import { cast as newCast, importRows } from './support/paper.ts';
import { expect, test } from './support/site.ts';
import type { Site } from './support/site.ts';

/** A start of a server and some commands on a loaded machine (milliseconds). */
const PATIENCE = 120_000;
const SLUG = 'the-ferry';

function open(site: Site): Socket {
	const { hostname, port } = new URL(site.url);
	return connect(Number(port), hostname);
}

/** Reads from a socket until it has said something that matches. */
async function heard(socket: Socket, pattern: RegExp): Promise<string> {
	let text = '';
	for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
		text += String(chunk);
		if (pattern.test(text)) return text;
	}
	throw new Error(`closed after: ${text}`);
}

/** Whether the port is open: waits for the answer of the system, not for time. */
function isOpen(site: Site): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = open(site);
		socket.once('connect', () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', () => resolve(false));
	});
}

test('R3 asked to end, the server answers what is under way and takes nothing new', async () => {
	test.setTimeout(PATIENCE);
	const site = await startSite();
	const { cast, rows } = newCast();
	await importRows(site, [
		...rows,
		{ type: 'article', id: SLUG, title: 'The ferry', body: 'Late.' }
	]);
	const [token] = await tokensOf(site, [cast.ann]);
	const body = JSON.stringify({ body: 'Written in the last moment.' });

	// A connection that only waits must not keep the server from ending.
	const idle = open(site);
	idle.write('GET /api/v1/articles HTTP/1.1\r\nHost: localhost\r\n\r\n');
	await heard(idle, /"items"/);
	const socket = open(site);
	socket.write(
		[
			`POST /api/v1/articles/${SLUG}/comments HTTP/1.1`,
			...['Host: localhost', `Authorization: Bearer ${token}`, 'Content-Type: application/json'],
			...[`Content-Length: ${Buffer.byteLength(body)}`, 'Expect: 100-continue', '', '']
		].join('\r\n')
	);
	// Now it is under way: the server has read its head and waits for the rest.
	await heard(socket, /^HTTP\/1\.1 100 Continue\r\n\r\n/);
	site.process.kill('SIGTERM');
	const gone = once(site.process, 'exit');
	await expect.poll(() => isOpen(site)).toBe(false);
	socket.write(body);
	const answer = await heard(socket, /Written in the last moment\./);
	expect(answer).toMatch(/^HTTP\/1\.1 201 /);
	expect(answer, 'the connection is not kept').toMatch(/^connection: close\r$/im);
	expect(await gone).toEqual([0, null]);
	idle.destroy();

	const again = await startSite({ databaseUrl: site.databaseUrl });
	const comments = await discussion(guest(again), SLUG);
	expect(comments.map((comment) => comment.body)).toEqual(['Written in the last moment.']);
	await again.stop();
	await site.stop();
});

test('R3 who reads kept pages slowly gets the last one whole, and is told that it is the last', async () => {
	test.setTimeout(PATIENCE);
	const site = await startSite();
	const path = '/help/operating';
	let length = 0;
	// Kept from the second time on.
	for (let n = 0; n < 3; n++) length = (await (await fetch(site.url + path)).text()).length;
	// Together more than the system takes at once.
	const times = Math.ceil(20_000_000 / length);
	const socket = open(site);
	socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`.repeat(times));
	await once(socket, 'readable');
	site.process.kill('SIGTERM');
	const gone = once(site.process, 'exit');
	await expect.poll(() => isOpen(site)).toBe(false);
	const said = await text(socket);
	const heads = said.match(/^HTTP\/1\.1 200 OK\r$/gm)?.length;
	expect(heads).toBeLessThan(times);
	expect(said.match(/<\/html>/g)).toHaveLength(heads!);
	expect(said.trimEnd().endsWith('</html>')).toBe(true);
	expect(said.slice(said.lastIndexOf('HTTP/1.1 200'))).toMatch(/^Connection: close\r$/m);
	expect(await gone).toEqual([0, null]);
	await site.stop();
});
