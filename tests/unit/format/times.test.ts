import { describe, expect, test } from 'vitest';
import { age, date, fieldValue, full, short, shortDate } from '#lib/format/times.ts';

const NOW = new Date('2026-07-29T14:05:30Z');
const before = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);

describe('an age', () => {
	test.each([
		[0, 'now'],
		[59, 'now'],
		[60, '1 min'],
		[14 * 60, '14 min'],
		[3599, '59 min'],
		[3600, '1 h'],
		[86_399, '23 h'],
		[86_400, null],
		// A clock that is a little behind is no reason for a date; one that is far behind is.
		[-30, 'now'],
		[-3600, null]
	])('of %d seconds is %j', (seconds, words) => {
		expect(age(before(seconds), NOW)).toBe(words);
	});
});

describe('a time in short', () => {
	test('is an age for a day, then a date', () => {
		expect(short(before(14 * 60), NOW)).toBe('14 min');
		expect(short(before(86_400), NOW)).toBe('28 Jul 2026');
	});

	test('is told by the clock where the page is kept', () => {
		expect(short(before(14 * 60), NOW, false)).toBe('29 July, 13:51');
		expect(short(before(86_400), NOW, false)).toBe('28 Jul 2026');
	});
});

test('dates are those of UTC, with two digits for the clock', () => {
	const midnight = new Date('2026-01-01T00:05:00+00:00');
	expect(date(midnight)).toBe('1 January 2026');
	expect(shortDate(midnight)).toBe('1 Jan 2026');
	expect(full(midnight)).toBe('1 January 2026 at 00:05 UTC');
});

test('a field of a form takes a time to the minute, or nothing', () => {
	expect(fieldValue(NOW)).toBe('2026-07-29T14:05');
	expect(fieldValue(null)).toBe('');
});
