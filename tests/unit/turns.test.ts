import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { turnFor } from '#lib/server/turns.ts';

const LONG_TEXT = 'a'.repeat(10_000);
const TEXTS = 60;
const WORK_MS = 10;
const VISITORS = 40;

function workFor(ms: number): void {
	const until = performance.now() + ms;
	while (performance.now() < until);
}

async function serve(): Promise<{ url: string; close(): void }> {
	const server = createServer((_request, response) => response.end('here'));
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

/** Each on a connection of its own: one connection is taken in each time round the event loop. */
async function visit(url: string): Promise<void> {
	const answers = Array.from({ length: VISITORS }, async () => {
		const answer = await fetch(url, { headers: { connection: 'close' } });
		expect(await answer.text()).toBe('here');
	});
	await Promise.all(answers);
}

describe('turns', () => {
	it('let who asks for something go before the other long texts', async () => {
		const { url, close } = await serve();
		// The first request loads what requests need.
		await visit(url);
		let begun = 0;
		const works = Array.from({ length: TEXTS }, async () => {
			await turnFor(LONG_TEXT, null);
			begun++;
			workFor(WORK_MS);
		});
		await visit(url);
		expect(begun).toBeLessThan(VISITORS / 2);
		await Promise.all(works);
		expect(begun).toBe(TEXTS);
		close();
	});

	it('make short texts wait for nothing', async () => {
		let order = '';
		const long = [1, 2].map(async (number) => {
			await turnFor(LONG_TEXT, null);
			order += number;
		});
		await turnFor('Thank you.', 'ada');
		order += 'short ';
		await Promise.all(long);
		expect(order.endsWith('2')).toBe(true);
		expect(order.indexOf('short')).toBeLessThan(order.indexOf('2'));
	});

	it('are kept for a few long texts of one writer, and for those of others', async () => {
		const settled = (count: number, text: string, writer: string | null) =>
			Promise.allSettled(Array.from({ length: count }, () => turnFor(text, writer)));
		const [many, short, other, nobodys] = await Promise.all([
			settled(10, LONG_TEXT, 'ada'),
			settled(10, 'Thank you.', 'ada'),
			settled(2, LONG_TEXT, 'ben'),
			settled(10, LONG_TEXT, null)
		]);
		expect(many.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
		expect(many.find(({ status }) => status === 'rejected')).toMatchObject({
			reason: { status: 429, code: 'too-many', details: { retryAfter: 1 } }
		});
		const rest = [...short, ...other, ...nobodys];
		expect(rest.every(({ status }) => status === 'fulfilled')).toBe(true);
		// Who waited no longer may come again.
		await turnFor(LONG_TEXT, 'ada');
	});
});
