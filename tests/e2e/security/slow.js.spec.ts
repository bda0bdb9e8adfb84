import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { once } from 'node:events';
import { bombs } from '../../fixtures/bombs.ts';
import { send } from './support/http.ts';
import { expect, test } from './support/world.ts';

test.describe.configure({ timeout: 180_000 });

const SOCKETS = 500;
/** What a reader may wait for a page while others are at it (milliseconds). */
const PATIENCE = 1_000;
const LOOKS = 10;

/** What a reader may wait here: longer where this machine is so busy that any page takes long. */
async function patienceFor(origin: string, path: string): Promise<number> {
	const started = performance.now();
	await send(origin, path);
	return Math.max(PATIENCE, 20 * (performance.now() - started));
}

/** Opens connections that each have sent the beginning of a request. */
async function openMany(origin: string, beginning: string): Promise<Socket[]> {
	const { hostname, port } = new URL(origin);
	const sockets = Array.from({ length: SOCKETS }, () => connect(Number(port), hostname));
	for (const socket of sockets) socket.on('error', () => {});
	await Promise.all(sockets.map((socket) => once(socket, 'connect')));
	for (const socket of sockets) socket.write(beginning);
	return sockets;
}

/** How long the slowest of some looks at a page took, with `meanwhile` done between them. */
async function slowest(origin: string, path: string, meanwhile: () => void): Promise<number> {
	const times: number[] = [];
	for (let look = 0; look < LOOKS; look++) {
		meanwhile();
		const started = performance.now();
		const { status } = await send(origin, path);
		times.push(performance.now() - started);
		expect(status).toBe(200);
	}
	return Math.max(...times);
}

test.describe('I3 who trickles holds up nobody', () => {
	const BEGINNINGS = {
		headers: 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ',
		'a body':
			'POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nname='
	};

	for (const [what, beginning] of Object.entries(BEGINNINGS)) {
		test(`I3 500 connections that send ${what} byte by byte`, async ({ world }) => {
			const { url } = world.site;
			const path = `/articles/${world.stories.open}`;
			const patience = await patienceFor(url, path);
			const sockets = await openMany(url, beginning);
			try {
				const trickle = () => sockets.forEach((socket) => socket.write('a'));
				expect(await slowest(url, path, trickle)).toBeLessThan(patience);
			} finally {
				sockets.forEach((socket) => socket.destroy());
			}
		});
	}
});

test('X10 nobody waits while others post what is hard to read', async ({ world }) => {
	const { url } = world.site;
	const { alice, bob } = world.people;
	const path = `/articles/${world.stories.closed}`;
	const hard = bombs(10_000);
	const patience = await patienceFor(url, path);
	let answered = 0;
	const posting = Promise.all(
		hard.map(async ({ text }, index) => {
			const who = index % 2 === 0 ? alice : bob;
			await who.api('POST', `/articles/${world.stories.open}/comments`, { body: text });
			answered++;
		})
	);
	const times: number[] = [];
	while (answered < hard.length) {
		const started = performance.now();
		// On a connection of its own, or it would wait here for those that post.
		const { status } = await send(url, path, { headers: { Connection: 'close' } });
		expect(status).toBe(200);
		times.push(performance.now() - started);
	}
	await posting;
	expect(times.length).toBeGreaterThan(0);
	expect(Math.max(...times)).toBeLessThan(patience);
});
