import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readConfig } from '#lib/server/config.ts';
import { answers, isAny } from '#lib/server/moderation/screen/outside/checks.ts';
import type { Question } from '#lib/server/moderation/screen/outside/question.ts';
import { sign } from '#lib/server/moderation/screen/outside/webhook.ts';

const SECRET = 'a secret of some length';
const QUESTION: Question = {
	text: 'Buy pills “now”',
	hosts: ['pills.example'],
	author: { id: '0123456789abcdef', name: 'Rhona' },
	address: '192.0.2.1',
	article: 'https://talk.example.org/articles/ferry',
	edited: false
};

let server: Server;
let answer: (request: IncomingMessage, response: ServerResponse, body: string) => void;
let asked: { request: IncomingMessage; body: string }[];

beforeEach(async () => {
	asked = [];
	vi.spyOn(process.stderr, 'write').mockReturnValue(true);
	server = createServer((request, response) => {
		void text(request).then((body) => {
			asked.push({ request, body });
			answer(request, response, body);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
	vi.restoreAllMocks();
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
});

function url(): string {
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}/check`;
}

function ask(signal?: AbortSignal) {
	return answers(QUESTION, { webhook: { url: url(), secret: SECRET }, akismet: null }, signal);
}

function logged(): string {
	return vi.mocked(process.stderr.write).mock.calls.join('');
}

describe('a webhook', () => {
	test('is sent the comment, signed with the time', async () => {
		answer = (_request, response) => response.end('{"verdict":"hold","words":"Hm.","harm":7}');
		expect(await ask()).toEqual([{ verdict: 'hold', words: 'Hm.', harm: 7 }]);
		const [{ request, body }] = asked;
		expect(JSON.parse(body)).toEqual(QUESTION);
		const [, time, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(
			String(request.headers['x-afterword-signature'])
		)!;
		expect(signature).toBe(sign(SECRET, Number(time), body));
		expect(signature).not.toBe(sign(SECRET, Number(time) + 1, body));
		expect(signature).not.toBe(sign(`${SECRET}!`, Number(time), body));
	});

	test.each([
		['no JSON', 'publish'],
		['no verdict', '{}'],
		['a verdict that there is not', '{"verdict":"burn"}'],
		['words without end', JSON.stringify({ verdict: 'hold', words: 'a'.repeat(301) })],
		['harm without measure', '{"verdict":"hold","harm":1e9}'],
		['too much', `{"verdict":"hold","more":"${'a'.repeat(20_000)}"}`]
	])('that answers %s is left out, and logged without its words', async (_, garbage) => {
		answer = (_request, response) => response.end(garbage);
		expect(await ask()).toEqual([]);
		expect(logged()).toContain('screening.skipped');
		expect(logged()).not.toContain('pills');
	});

	test.each([500, 404, 204])('that answers %d is left out', async (status) => {
		answer = (_request, response) => response.writeHead(status).end();
		expect(await ask()).toEqual([]);
	});

	test('I8 is not followed elsewhere', async () => {
		answer = (_request, response) => response.writeHead(307, { location: '/other' }).end();
		expect(await ask()).toEqual([]);
		expect(asked).toHaveLength(1);
	});

	test('that does not answer is left out when the time is over', async () => {
		const over = new AbortController();
		answer = () => over.abort();
		expect(await ask(over.signal)).toEqual([]);
		expect(asked).toHaveLength(1);
	});

	test('that is down is left out', async () => {
		const gone = { url: 'http://127.0.0.1:1/', secret: SECRET };
		expect(await answers(QUESTION, { webhook: gone, akismet: null })).toEqual([]);
	});
});

describe('Akismet', () => {
	const akismet = () => ({ webhook: null, akismet: { url: url(), key: 'k' } });

	test.each([
		['true', [{ verdict: 'hold', words: 'Akismet takes it for spam.' }]],
		['false', [{ verdict: 'publish' }]],
		['invalid', []],
		['constructor', []]
	])('that says %s: %j', async (said, expected) => {
		answer = (_request, response) => response.end(said);
		expect(await answers(QUESTION, akismet())).toEqual(expected);
		const sent = Object.fromEntries(new URLSearchParams(asked[0].body));
		expect(sent).toMatchObject({
			...{ api_key: 'k', user_ip: '192.0.2.1', comment_author: 'Rhona' },
			...{ comment_content: QUESTION.text, permalink: QUESTION.article }
		});
	});
});

describe('the settings', () => {
	test('set nothing up by themselves', () => {
		expect(isAny(readConfig({}).screening)).toBe(false);
	});

	test('set up a webhook with a secret, and Akismet with a key', () => {
		const { screening } = readConfig({
			SCREEN_WEBHOOK_URL: 'https://check.example.org/',
			SCREEN_WEBHOOK_SECRET: SECRET,
			AKISMET_KEY: 'k'
		});
		expect(screening.webhook).toEqual({ url: 'https://check.example.org/', secret: SECRET });
		expect(screening.akismet).toMatchObject({ key: 'k' });
	});

	test.each([
		{ SCREEN_WEBHOOK_URL: 'https://check.example.org/' },
		{ SCREEN_WEBHOOK_URL: 'ftp://check.example.org/', SCREEN_WEBHOOK_SECRET: SECRET }
	])('%j are refused', (environment) => {
		expect(() => readConfig(environment)).toThrow(/SCREEN_WEBHOOK/);
	});
});
