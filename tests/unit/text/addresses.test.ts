import { describe, expect, it } from 'vitest';
import { ADDRESS_MAX, hiddenDestination, safeAddress } from '#lib/server/text/addresses.ts';

describe('safeAddress', () => {
	it.each([
		['https://example.com', 'https://example.com/'],
		['HTTP://EXAMPLE.com/A b?c=d&e#f', 'http://example.com/A%20b?c=d&e#f'],
		['https://example.com:8443/x', 'https://example.com:8443/x'],
		['https://münchen.de/ü', 'https://xn--mnchen-3ya.de/%C3%BC'],
		['https://[::1]/', 'https://[::1]/'],
		['https://2130706433/', 'https://127.0.0.1/'],
		['mailto:letters@example.com', 'mailto:letters@example.com'],
		['mailto:a@münchen.de?subject=Hello%20you', 'mailto:a@xn--mnchen-3ya.de?subject=Hello%20you'],
		['/c/0123456789abcdef', '/c/0123456789abcdef'],
		['/', '/'],
		['/a/../b?c#d', '/b?c#d'],
		['/%2f/evil', '/%2f/evil']
	])('%j leads to %j', (address, href) => {
		expect(safeAddress(address)).toBe(href);
		expect(safeAddress(href)).toBe(href);
	});

	// Hundreds more are in the corpus of hostile payloads.
	it.each([
		...[
			'',
			' ',
			'example.com',
			'#top',
			'?a',
			'./a',
			'javascript:alert(1)',
			'java\tscript:x',
			'ftp://a/'
		],
		...[
			'//evil.test',
			'/\\evil.test',
			'/.//evil.test',
			'\\\\evil.test',
			'https:evil.test',
			'https:///x'
		],
		...[
			'https://',
			'https://user@evil.test',
			'https://bank.example:x@evil.test',
			'https://a\\b.test'
		],
		...[
			'mailto:',
			'mailto:a@b?cc=c@d',
			'mailto:a@b?subject=x%0d%0ay',
			'data:,x',
			'tel:1',
			'https://a b/'
		],
		`https://example.com/${'a'.repeat(ADDRESS_MAX)}`
	])('%j leads nowhere', (address) => {
		expect(safeAddress(address)).toBeNull();
	});
});

describe('hiddenDestination', () => {
	it.each([
		['the report', 'https://example.com/report', null],
		['https://example.com/a.html?b=c.d', 'https://example.com/a.html', null],
		['example.com', 'https://www.example.com/', null],
		['www.example.com', 'https://example.com/', null],
		['example.com', 'https://news.example.com/', null],
		['report.pdf', 'https://example.com/report.pdf', null],
		['3.5 per cent, e.g. this, and/or that.', 'https://example.com/', null],
		['a@b.test', 'mailto:a@b.test', null],
		['Write to A@B.test.', 'mailto:a@b.test', null],
		['example.com', 'http://evil.test/', 'evil.test'],
		['EXAMPLE.COM', 'http://evil.test/', 'evil.test'],
		['see example.com now', 'http://evil.test/', 'evil.test'],
		['https://example.com/x', 'https://evil.test/', 'evil.test'],
		['https://example.com@evil.test/', 'https://evil.test/', 'evil.test'],
		['news.example.com', 'https://example.com/', 'example.com'],
		['ｅｘａｍｐｌｅ．ｃｏｍ', 'http://evil.test/', 'evil.test'],
		['example。com', 'http://evil.test/', 'evil.test'],
		['exam\u00ADple\u200b.com', 'http://evil.test/', 'evil.test'],
		['\u202emoc.elpmaxe', 'http://evil.test/', 'evil.test'],
		['192.0.2.1', 'http://evil.test/', 'evil.test'],
		['раураl.com', 'https://xn--l-7sba6dbr.com/', 'xn--l-7sba6dbr.com'],
		['our bank', 'https://xn--l-7sba6dbr.com/', 'xn--l-7sba6dbr.com'],
		['xn--l-7sba6dbr.com', 'https://xn--l-7sba6dbr.com/', null],
		['bank.example', 'mailto:x@evil.test', 'x@evil.test'],
		['a@b.test', 'mailto:x@b.test', 'x@b.test'],
		['bank.example', '/c/1', '/c/1']
	])('%j to %s: %j', (text, address, hidden) => {
		expect(hiddenDestination(text, address)).toBe(hidden);
	});
});
