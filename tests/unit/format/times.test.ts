import { describe, expect, test } from 'vitest';
import { age, date, fieldValue, full, iso, short, shortDate } from '#lib/format/times.ts';

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

describe('a time for programs', () => {
	test.each([
		'2026-07-29T14:05:30.204Z',
		'2026-07-29T00:00:00.000Z',
		'2026-07-28T23:59:59.999Z',
		'2024-02-29T09:08:07.006Z',
		'1970-01-01T00:00:00.000Z',
		'1969-12-31T23:59:59.001Z',
		'0001-01-01T01:02:03.040Z',
		'+010000-01-01T00:00:00.050Z',
		'-000001-12-31T12:00:00.000Z'
	])('is %s as `toISOString` writes it', (text) => {
		expect(iso(new Date(text))).toBe(text);
		expect(new Date(text).toISOString()).toBe(text);
	});

	test('is refused where there is no time', () => {
		expect(() => iso(new Date(NaN))).toThrow(RangeError);
	});

	test('is right whatever was told before', () => {
		const days = [NOW, before(86_400), NOW, before(400 * 86_400)];
		expect(days.map((day) => [iso(day), full(day)])).toEqual([
			['2026-07-29T14:05:30.000Z', '29 July 2026 at 14:05 UTC'],
			['2026-07-28T14:05:30.000Z', '28 July 2026 at 14:05 UTC'],
			['2026-07-29T14:05:30.000Z', '29 July 2026 at 14:05 UTC'],
			['2025-06-24T14:05:30.000Z', '24 June 2025 at 14:05 UTC']
		]);
	});
});
