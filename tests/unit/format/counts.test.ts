import { expect, test } from 'vitest';
import { atMost, counted, number } from '#lib/format/counts.ts';

test.each([
	[0, '0 comments'],
	[1, '1 comment'],
	[2, '2 comments'],
	[1234, '1,234 comments']
])('%d is "%s"', (value, words) => {
	expect(counted(value, 'comment')).toBe(words);
});

test('a plural may be given', () => {
	expect(counted(1, 'more reply', 'more replies')).toBe('1 more reply');
	expect(counted(12, 'more reply', 'more replies')).toBe('12 more replies');
});

test('thousands are parted', () => {
	expect(number(999)).toBe('999');
	expect(number(1_000_000)).toBe('1,000,000');
});

test.each([
	[7, '7'],
	[99, '99'],
	[100, '99+']
])('%d counted up to 99 is "%s"', (value, words) => {
	expect(atMost(value, 99)).toBe(words);
});
