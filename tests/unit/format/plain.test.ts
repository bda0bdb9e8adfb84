import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beginning, startOf, textOf } from '#lib/format/plain.ts';

test('HTML is told as words', () => {
	expect(textOf('<p>Fish &amp; <em>chips</em></p>\n<p>&lt;now&gt;</p>')).toBe('Fish & chips <now>');
});

test.each(['\n\n', ' \n', '\n ', '\u00a0', '  ', '\t \u2003 \r\n', ' '])(
	'%j between words is one space',
	(space) => {
		expect(textOf(`<p>${space}Fish${space}and${space}<b>chips</b>${space}</p>`)).toBe(
			'Fish and chips'
		);
	}
);

const piece = fc.constantFrom(
	'<p>',
	'</p>\n',
	'<a href="/c/1">',
	'</a>',
	'&amp;',
	'&lt;',
	' ',
	'wörd'
);

test('a text begins as all of it does', () => {
	const html = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));
	fc.assert(
		fc.property(html, fc.integer({ min: 1, max: 60 }), (html, least) => {
			const start = startOf(html, least);
			expect(textOf(html).startsWith(start)).toBe(true);
			expect(start.length).toBeGreaterThanOrEqual(Math.min(least, textOf(html).length));
		})
	);
});

test('a text is read no further than is asked for', () => {
	const text = startOf('<p>Fish and chips.</p>\n'.repeat(1000), 30);
	expect(text.length).toBeLessThan(60);
});

test.each([
	['as it is', 8, 'as it is'],
	['cut between words', 12, 'cut between ...'],
	['cut between words', 11, 'cut ...'],
	['undivided', 4, 'undi ...']
])('%j in %i characters begins as %j', (text, most, begun) => {
	expect(beginning(text, most)).toBe(begun);
});
