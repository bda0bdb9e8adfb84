import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSlug, slugOf } from '#lib/server/articles/slugs.ts';

test.each([
	['The harbour master speaks', 'the-harbour-master-speaks'],
	['  “Don’t!” she said — twice ', 'dont-she-said-twice'],
	['Crème brûlée & Ærø', 'creme-brulee-ærø'],
	['港口今天关闭', '港口今天关闭'],
	['Ｆｕｌｌ ｗｉｄｔｈ', 'full-width'],
	['3.5 metres', '3-5-metres'],
	['!!!', 'untitled'],
	['', 'untitled'],
	['../../etc/passwd', 'etc-passwd'],
	['x'.repeat(81), 'untitled'],
	[`${'word '.repeat(16)}end`, Array(16).fill('word').join('-')]
])('%j becomes %s', (title, slug) => expect(slugOf(title)).toBe(slug));

test.each([
	['pier', true],
	['a-1-b', true],
	['ærø', true],
	['', false],
	['Pier', false],
	['a--b', false],
	['-a', false],
	['a-', false],
	['a b', false],
	['a/b', false],
	['a.b', false],
	['__proto__', false],
	['a\u0000', false],
	['x'.repeat(80), true],
	['x'.repeat(81), false]
])('%j is a slug: %s', (text, expected) => expect(isSlug(text)).toBe(expected));

test('whatever a title is, its slug is one', () => {
	fc.assert(fc.property(fc.string({ unit: 'binary' }), (title) => isSlug(slugOf(title))));
});
