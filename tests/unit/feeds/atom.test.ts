import { parseFeed } from 'htmlparser2';
import { describe, expect, test } from 'vitest';
import { absolute } from '#lib/feeds/address.ts';
import { write, type FeedEntry } from '#lib/feeds/atom.ts';
import { robots } from '#lib/feeds/robots.ts';
import { document } from '#lib/feeds/xml.ts';
import { siteAddress } from '#lib/server/site/address.ts';

const SITE = { name: 'The Courier', origin: 'https://talk.example.org' };
const AT = new Date('2026-03-01T12:00:00Z');

function entry(more: Partial<FeedEntry> = {}): FeedEntry {
	const author = { name: 'Ann Lee', path: '/people/Ann%20Lee' };
	return {
		path: '/c/1',
		title: 'Ann on it',
		author,
		publishedAt: AT,
		updatedAt: AT,
		...more
	};
}

function feed(...entries: FeedEntry[]): string {
	return write({ title: 'News', path: '/feed.xml', page: '/', entries }, SITE);
}

describe('a feed', () => {
	test('is read as it was meant', () => {
		const later = new Date('2026-03-02T12:00:00Z');
		const xml = feed(entry({ updatedAt: later, summary: 'Short' }), entry({ path: '/c/2' }));
		expect(parseFeed(xml)).toMatchObject({
			type: 'atom',
			id: 'https://talk.example.org/feed.xml',
			title: 'News',
			updated: later,
			items: [
				{ id: 'https://talk.example.org/c/1', title: 'Ann on it', pubDate: later },
				{ id: 'https://talk.example.org/c/2', pubDate: AT }
			]
		});
	});

	test('without anything in it says so', () => {
		expect(feed()).toContain('<updated>1970-01-01T00:00:00.000Z</updated>');
		expect(feed()).not.toContain('<entry>');
	});

	test('leads to the site from wherever it is read', () => {
		const html = [
			'<p><a class="x" href="/c/1">one</a> <a href="https://else.test/">two</a> ',
			'<a href="//else.test/">three</a> a href="/c/3" and &lt;a href="/c/4"&gt;</p>'
		].join('');
		const read = new RegExp('<content type="html">(.*?)</content>', 's').exec(
			feed(entry({ html }))
		)![1];
		const text = read
			.replaceAll('&lt;', '<')
			.replaceAll('&gt;', '>')
			.replaceAll('&quot;', '"')
			.replaceAll('&amp;', '&');
		expect(text).toBe(html.replace('"/c/1"', '"https://talk.example.org/c/1"'));
	});

	test('says what answers what', () => {
		const replies = { path: '/articles/pier/feed.xml', count: 3 };
		const xml = feed(entry({ inReplyTo: '/c/0' }), entry({ replies }));
		expect(xml).toContain('<thr:in-reply-to ref="https://talk.example.org/c/0"');
		expect(xml).toContain('href="https://talk.example.org/articles/pier/feed.xml" thr:count="3"/>');
		expect(xml).toContain('xmlns:thr="http://purl.org/syndication/thread/1.0"');
	});
});

describe('X12 XML holds only what it can', () => {
	const FORBIDDEN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;

	test.each([
		['controls', 'a\u0000\u0001\u0008\u000b\u001f\u007f\u0085b', 'ab'],
		['halves of pairs', 'a\ud800b\udc00', 'a\ufffdb\ufffd'],
		['what is no character', 'a\ufffe\uffff\ufdd0b', 'ab'],
		['markup', `<b>&amp;"'</b> ]]> <!-- -->`, `<b>&amp;"'</b> ]]> <!-- -->`],
		['others', '😀 שלום \u202e é', '😀 שלום \u202e é']
	])('X12 %s', (_what, text, kept) => {
		const xml = feed(entry({ title: text, author: { name: text, path: null } }));
		expect(xml).not.toMatch(FORBIDDEN);
		expect(parseFeed(xml)?.items[0].title).toBe(kept);
	});

	test('X12 in attributes too', () => {
		expect(document(['a', { b: '"<&\u0001\ud800' }])).toBe(
			'<?xml version="1.0" encoding="utf-8"?>\n<a b="&quot;&lt;&amp;\ufffd"/>\n'
		);
	});
});

test('addresses have the letters of addresses', () => {
	expect(absolute('https://talk.example.org', '/articles/größe')).toBe(
		'https://talk.example.org/articles/gr%C3%B6%C3%9Fe'
	);
	expect(siteAddress({ origin: 'https://a.test', port: 3000 })).toBe('https://a.test');
	expect(siteAddress({ origin: null, port: 3000 })).toBe('http://localhost:3000');
	expect(siteAddress({ origin: null, port: 0 })).toBe('http://localhost');
});

test('crawlers are told of the sitemap where its address is settled', () => {
	expect(robots('https://a.test')).toMatch(/\nSitemap: https:\/\/a\.test\/sitemap\.xml\n$/);
	expect(robots(null)).not.toContain('Sitemap');
	for (const origin of ['https://a.test', null]) {
		expect(robots(origin)).toMatch(/^User-agent: \*\nDisallow: \/account$/m);
	}
});
