import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { isKnown } from '#lib/server/accounts/passwords/password-ranges.ts';
import * as rules from '#lib/server/accounts/passwords/password-rules.ts';

const KNOWN = 'eleven grey herons';
const HASH = createHash('sha1').update(KNOWN).digest('hex').toUpperCase();

let asked: IncomingMessage[] = [];
let answer: (response: ServerResponse) => void;
const server = createServer((request, response) => {
	asked.push(request);
	answer(response);
});

const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true);

beforeAll(async () => {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	process.env.PASSWORD_RANGE_URL = `http://127.0.0.1:${port}/range/`;
});
afterAll(() => {
	log.mockRestore();
	server.closeAllConnections();
	server.close();
});
beforeEach(() => {
	asked = [];
});

function says(...lines: string[]) {
	answer = (response) => response.end(lines.join('\r\n'));
}

test('a known password is refused, and the service learns five letters of its hash', async () => {
	says('0018A45C4D1DEF81644B54AB7F969B88D65:3', `${HASH.slice(5)}:12`);
	await expect(rules.check(KNOWN, {})).rejects.toMatchObject({ code: 'password-common' });
	expect(asked.map(({ url }) => url)).toEqual([`/range/${HASH.slice(0, 5)}`]);
	expect(asked[0].headers['add-padding']).toBe('true');
});

test.each([
	['others are known', ['0018A45C4D1DEF81644B54AB7F969B88D65:3']],
	['its line is padding', [`${HASH.slice(5)}:0`]],
	['nothing is known', ['']]
])('a password may be when %s', async (_, lines) => {
	says(...lines);
	await rules.check(KNOWN, {});
	expect(asked).toHaveLength(1);
});

test.each<[string, (response: ServerResponse) => void]>([
	['fails', (response) => response.writeHead(503).end()],
	['leads elsewhere', (response) => response.writeHead(302, { location: '/' }).end()],
	['breaks off', (response) => response.destroy()],
	['never ends', (response) => response.write(' '.repeat(1_100_000))],
	['says nothing', () => {}]
])('a service that %s keeps nobody out', async (_, how) => {
	answer = how;
	expect(await isKnown(KNOWN)).toBe(false);
	expect(log).toHaveBeenCalled();
});
