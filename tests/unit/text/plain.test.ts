import { describe, expect, it } from 'vitest';
import { excerpt, plainText } from '#lib/server/text/plain.ts';

describe('plainText', () => {
	it.each([
		['emphasis and links', '*a* **b** [c](https://d.test) `e*`', 'a b c e*'],
		['blocks', 'a\n\n- b\n- c\n\n1) d\n2) e\n\n> f', 'a\nb\nc\nd\ne\nf'],
		['line breaks', 'a\nb', 'a\nb'],
		['code', '```\na\n  b\n```', 'a\n  b'],
		['escapes and entities', '\\*a\\* &amp; &copy;', '*a* & ©'],
		['HTML', '<b>a</b>', '<b>a</b>'],
		['a picture', '![a](https://b.test/c)', 'a'],
		['a link that hides its destination', '[a.com](https://b.test)', 'a.com (b.test)'],
		['a rule', 'a\n\n***\n\nb', 'a\nb'],
		['nothing', '', '']
	])('%s', (_, markdown, text) => {
		expect(plainText(markdown)).toBe(text);
	});

	it('takes an article', () => {
		expect(plainText('## a\n\nb\nc', { kind: 'article' })).toBe('a\nb\nc');
		expect(plainText('a '.repeat(50_000)).length).toBe(99_999);
	});
});

describe('excerpt', () => {
	it.each([
		['The quick brown fox', 19, 'The quick brown fox'],
		['The quick brown fox', 18, 'The quick brown…'],
		['The quick brown fox', 10, 'The quick…'],
		['The quick brown fox', 9, 'The…'],
		['The\n\n quick', 9, 'The quick'],
		['Internationally', 5, 'Inte…'],
		['👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧 a', 3, '👨‍👩‍👧👨‍👩‍👧…'],
		['e\u0301e\u0301e\u0301', 3, 'e\u0301e\u0301e\u0301'],
		['', 5, '']
	])('%j at %i: %j', (text, max, cut) => {
		expect(excerpt(text, max)).toBe(cut);
	});
});
