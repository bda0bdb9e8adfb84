import { expect, test } from 'vitest';
import { beginning, textOf } from '#lib/format/plain.ts';

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

test.each([
	['as it is', 8, 'as it is'],
	['cut between words', 12, 'cut between ...'],
	['cut between words', 11, 'cut ...'],
	['undivided', 4, 'undi ...']
])('%j in %i characters begins as %j', (text, most, begun) => {
	expect(beginning(text, most)).toBe(begun);
});
