import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseLine, normaliseText } from '#lib/server/text/normalise.ts';

describe('normaliseText', () => {
	it.each([
		['CRLF and CR', 'a\r\nb\rc\n\rd', 'a\nb\nc\n\nd'],
		['line and paragraph separators', 'a\u2028b\u2029c', 'a\nb\nc'],
		['NUL', 'a\u0000b', 'ab'],
		['C0 but tab and LF', 'a\u0001\u0008\t\u000b\u000c\n\u001fb', 'a\t\nb'],
		['DEL and C1', 'a\u007f\u0080\u0085\u009fb', 'ab'],
		['a lone high surrogate', 'a\ud83db', 'a\ufffdb'],
		['a lone low surrogate', 'a\ude00', 'a\ufffd'],
		['a pair', 'a😀', 'a😀'],
		['noncharacters', 'a\ufdd0\ufffe\uffff\u{1ffff}\u{10fffe}b', 'ab'],
		['white space at the ends', ' a ', ' a '],
		['what is merely unusual', '\u200bé\u0301\u202e\u00a0', '\u200bé\u0301\u202e\u00a0']
	])('%s', (_, input, output) => {
		expect(normaliseText(input)).toBe(output);
	});

	it('changes nothing the second time, and leaves text that any database and XML 1.0 takes', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), (units) => {
				const once = normaliseText(String.fromCharCode(...units));
				expect(normaliseText(once)).toBe(once);
				expect(once.isWellFormed()).toBe(true);
				expect(once).not.toMatch(/[^\t\n\P{Cc}]/u);
			})
		);
	});
});

describe('normaliseLine', () => {
	it.each([
		['  a \n\t b\u00a0c  ', 'a b c'],
		['a\u0000', 'a'],
		[' \n ', '']
	])('%j', (input, output) => {
		expect(normaliseLine(input)).toBe(output);
	});
});
