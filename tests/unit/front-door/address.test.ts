import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { readAddress } from '../../../src/front-door/page-cache/address.ts';
import { acceptedBy } from '../../../src/front-door/page-cache/encodings.ts';
import { readGuest } from '../../../src/front-door/page-cache/guest.ts';

const ID = '1m8kqn5v25bg4s63';

describe('one page has one address', () => {
	test.each([
		['/', '/'],
		['/?utm_source=mail', '/'],
		['/?', '/'],
		['/articles/ferry?utm_source=x&fbclid=y', '/articles/ferry'],
		[`/articles/ferry?c=${ID}&sort=newest`, `/articles/ferry?sort=newest&c=${ID}`],
		[`/articles/ferry?c=${ID}&c=other`, `/articles/ferry?c=${ID}`],
		['/articles/ferry?/post', '/articles/ferry'],
		['/people/Alice%20Writer?cursor=abc', '/people/Alice%20Writer?cursor=abc'],
		['/help/operating?x-sveltekit-invalidated=01', '/help/operating']
	])('%s is %s', (asked, target) => {
		expect(readAddress(asked)).toMatchObject({ target, isKept: true });
	});
});

test('what is kept of a long address keeps nothing of the rest', () => {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	const used = () => (collect(), process.memoryUsage().heapUsed);
	const kept: string[] = [];
	const before = used();
	for (let n = 0; n < 1000; n++) {
		const id = String(n).padStart(16, '0');
		for (const target of [`/c/${id}?`, `/articles/${id}?c=${id}&`]) {
			// As it comes from a connection: one piece.
			const asked = Buffer.from(`${target}x=${'x'.repeat(10_000)}`).toString();
			kept.push(readAddress(asked)!.target);
		}
	}
	expect(used() - before).toBeLessThan(3_000_000);
	expect(kept).toHaveLength(2000);
});

describe('what is nobody’s page, or one’s own, is not kept', () => {
	test.each([
		['/articles/ferry?sort=random', '/articles/ferry?sort=random'],
		['/articles/ferry?c=../x', '/articles/ferry?c=../x'],
		['/articles/ferry?cursor=', '/articles/ferry?cursor='],
		[`/articles/ferry?reply=${ID}&utm_source=x`, `/articles/ferry?reply=${ID}`],
		[`/articles/ferry?quote=${ID}&quote=article`, `/articles/ferry?quote=${ID}&quote=article`]
	])('%s', (asked, target) => {
		const address = readAddress(asked);
		expect(address?.isKept).toBe(false);
		expect(decodeURIComponent(address!.target)).toBe(target);
	});

	test.each([
		...['/account', '/moderation', '/api/v1/articles', '/articles/ferry/', '/articles/%66erry'],
		...['/articles/ferry/__data.json', '/articles/a%2fb', '/people/a;b', '/c/short', '//', '/%'],
		...['/sign-in', '/problems/1', '/reports/1', '/articles/ferry/problem', `/c/${ID}/report`]
	])('%s', (asked) => expect(readAddress(asked)).toBeNull());
});

function asked(headers: Record<string, string>, method = 'GET') {
	return readGuest({ method, headers } as never);
}

describe('who a guest is', () => {
	test.each([
		[{}, null],
		[{ cookie: '_ga=GA1.2.3; consent=yes' }, null],
		[{ cookie: 'sort=newest' }, 'newest'],
		[{ cookie: '_ga=1; sort=best' }, 'best'],
		[{ cookie: 'sort=oldest' }, null],
		[{ cookie: 'sort=<script>' }, null]
	])('%o', (headers, sort) => expect(asked(headers)).toEqual({ sort }));

	test.each([
		...['session=x', '__Host-session=x', 'a=b;session=x', 'sort=newest; __Host-device=x'],
		...['seen=x', 'second-step=x', 'elsewhere=x', 'SESSION=x', '__host-session=', 'session']
	])('not with the cookie %s', (cookie) => expect(asked({ cookie })).toBeNull());

	test.each([
		{ authorization: 'Bearer x' },
		{ 'content-length': '3' },
		{ 'transfer-encoding': 'chunked' },
		{ upgrade: 'websocket' }
	])('not with %o', (headers) => expect(asked(headers as never)).toBeNull());

	test('nor one who posts', () => expect(asked({}, 'POST')).toBeNull());
});

describe('what a browser takes', () => {
	test.each([
		[undefined, ['identity']],
		['', ['identity']],
		['gzip, deflate, br, zstd', ['br', 'gzip', 'identity']],
		['gzip;q=1.0, br;q=0', ['gzip', 'identity']],
		['*', ['br', 'gzip', 'identity']],
		['*;q=0.5, br;q=0.0', ['gzip', 'identity']],
		['BR', ['br', 'identity']]
	])('%s', (header, encodings) => expect(acceptedBy(header)).toEqual(encodings));
});
