import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { guard } from '../../../src/front-door/scrapers.ts';

const TOKEN = 'a-token-of-the-scraper';
const alone = { metricsToken: null, origin: null, proxyDepth: 0 };

function asking(headers: Record<string, string>, remoteAddress = '127.0.0.1') {
	return { headers: { host: 'localhost:3000', ...headers }, socket: { remoteAddress } } as Pick<
		IncomingMessage,
		'headers' | 'socket'
	>;
}

describe('who may read the figures', () => {
	test.each([
		['127.0.0.1', null],
		['::1', null],
		['::ffff:127.0.0.1', null],
		['127.8.9.10', null],
		['10.0.0.1', 404],
		['::ffff:10.0.0.1', 404],
		['203.0.113.7', 404],
		['128.0.0.1', 404],
		['', 404]
	])('a connection from %s: %s', (address, status) => {
		expect(guard(alone)(asking({}, address))).toBe(status);
	});

	test.each([
		['localhost', null],
		['[::1]:3000', null],
		['127.0.0.1.example.org', 404],
		['localhost.example.org', 404],
		['', 404]
	])('under the name %s: %s', (host, status) => {
		expect(guard(alone)(asking({ host }))).toBe(status);
	});

	test.each(['x-forwarded-for', 'x-forwarded-proto', 'forwarded', 'via', 'x-real-ip', 'cf-ray'])(
		'nobody on whose behalf a proxy asks (%s)',
		(name) => {
			expect(guard(alone)(asking({ [name]: '' }))).toBe(404);
		}
	);

	test.each([
		{ ...alone, origin: 'https://talk.example.org' },
		{ ...alone, proxyDepth: 1 }
	])('not even this machine where a proxy is, which may say nothing of others: %j', (settings) => {
		expect(guard(settings)(asking({}))).toBe(404);
		expect(guard({ ...settings, metricsToken: TOKEN })(asking({}))).toBe(401);
	});

	test('whoever bears the token, from anywhere and through anybody', () => {
		const ask = guard({ ...alone, metricsToken: TOKEN });
		const through = (authorization: string) =>
			ask(asking({ authorization, 'x-forwarded-for': '203.0.113.7' }, '203.0.113.8'));
		expect(through(`Bearer ${TOKEN}`)).toBe(null);
		expect(through(`bearer ${TOKEN}`)).toBe(null);
		for (const wrong of [`Bearer ${TOKEN}.`, 'Bearer', '', TOKEN, `Basic ${TOKEN}`]) {
			expect(through(wrong)).toBe(401);
		}
	});
});
