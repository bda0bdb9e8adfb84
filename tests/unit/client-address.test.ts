import { expect, test } from 'vitest';
import { clientAddress } from '#lib/server/client-address.ts';

const SOCKET = '192.0.2.1';

test.each([
	['no proxy is trusted', 0, '203.0.113.9', SOCKET],
	['one proxy', 1, '203.0.113.9', '203.0.113.9'],
	['a made-up entry on the left', 1, '10.0.0.1, 203.0.113.9', '203.0.113.9'],
	['two proxies', 2, '10.0.0.1, 203.0.113.9, 198.51.100.2', '203.0.113.9'],
	['too few entries', 2, '203.0.113.9', SOCKET],
	['no header', 1, null, SOCKET],
	['an empty header', 1, '', SOCKET],
	['garbage', 1, 'unknown, <script>', SOCKET],
	['an empty entry', 1, '203.0.113.9,', SOCKET],
	['a port', 1, '203.0.113.9:4711', '203.0.113.9'],
	['IPv6', 1, '2001:DB8::1', '2001:db8::1'],
	['IPv6 with a port', 1, '[2001:db8::1]:4711', '2001:db8::1'],
	['IPv4 within IPv6', 1, '::ffff:203.0.113.9', '203.0.113.9'],
	['a zone', 1, 'fe80::1%eth0', 'fe80::1'],
	['a number that is no address', 1, '999.1.1.1', SOCKET]
])('%s', (_, depth, header, expected) => {
	expect(clientAddress(SOCKET, header, depth)).toBe(expected);
});

test.each([
	['::ffff:127.0.0.1', '127.0.0.1'],
	['::1', '::1'],
	[undefined, 'unknown'],
	['', 'unknown']
])('the connection from %s', (socket, expected) => {
	expect(clientAddress(socket, null, 1)).toBe(expected);
});
