import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { ALWAYS, closedAt, openingNote, weeklyHours } from '#lib/server/articles/opening-hours.ts';
import type { WeeklyHours } from '#lib/server/articles/weekly-hours.ts';
import { instantOf, knownZone } from '#lib/server/articles/zoned.ts';

const HOUR = 60;

/** The same hours every day. */
function daily(from: number, to: number, zone = 'Europe/Berlin'): WeeklyHours {
	return { zone, days: Array(7).fill([from * HOUR, to * HOUR]) };
}

function closed(hours: WeeklyHours, at: string): [string, string] | null {
	const span = closedAt(hours, new Date(at));
	return span && [span.since.toISOString().slice(0, 16), span.until.toISOString().slice(0, 16)];
}

describe('daily hours', () => {
	// 2026-11-23 is a Monday; Berlin is an hour ahead of UTC.
	test.each([
		['before they begin', '2026-11-23T05:59:59Z', ['2026-11-22T22:00', '2026-11-23T06:00']],
		['as they begin', '2026-11-23T06:00:00Z', null],
		['before they end', '2026-11-23T21:59:59Z', null],
		['as they end', '2026-11-23T22:00:00Z', ['2026-11-23T22:00', '2026-11-24T06:00']]
	])('%s', (_what, at, span) => {
		expect(closed(daily(7, 23), at)).toEqual(span);
	});

	test.each([
		['past midnight, open', '2026-11-24T00:59:00Z', null],
		['past midnight, closed', '2026-11-24T01:00:00Z', ['2026-11-24T01:00', '2026-11-24T06:00']]
	])('%s', (_what, at, span) => {
		expect(closed(daily(7, 2), at)).toEqual(span);
	});

	test.each<[string, WeeklyHours]>([
		['touch', daily(8, 8)],
		['are all of it', ALWAYS],
		['overlap', { zone: 'UTC', days: [...Array<[number, number]>(6).fill([0, 1440]), [60, 60]] }]
	])('days that %s leave no night', (_what, hours) => {
		const start = Date.parse('2026-11-22T01:00:00Z');
		for (let hour = 0; hour < 7 * 24 - 2; hour++) {
			expect(closedAt(hours, new Date(start + hour * 3_600_000))).toBe(null);
		}
	});
});

describe('a week', () => {
	const weekdays: WeeklyHours = {
		zone: 'America/New_York',
		days: [...Array<[number, number]>(5).fill([9 * HOUR, 17 * HOUR]), null, null]
	};

	test('is closed from Friday to Monday', () => {
		const weekend = ['2026-11-20T22:00', '2026-11-23T14:00'];
		expect(closed(weekdays, '2026-11-21T12:00:00Z')).toEqual(weekend);
		expect(closed(weekdays, '2026-11-23T13:59:59Z')).toEqual(weekend);
		expect(closed(weekdays, '2026-11-23T14:00:00Z')).toBe(null);
	});

	test('may have one span only', () => {
		const sunday: WeeklyHours = { zone: 'UTC', days: [...Array<null>(6).fill(null), [0, 60]] };
		expect(closed(sunday, '2026-11-22T01:00:00Z')).toEqual([
			'2026-11-22T01:00',
			'2026-11-29T00:00'
		]);
		expect(closed(sunday, '2026-11-29T00:30:00Z')).toBe(null);
	});

	test('says when it opens, in its own time', () => {
		const { until } = closedAt(weekdays, new Date('2026-11-21T12:00:00Z'))!;
		expect(openingNote(weekdays, until)).toBe('Open again on Monday at 09:00 (America/New_York).');
		expect(openingNote(daily(0, 23), new Date('2026-11-22T23:00:00Z'))).toBe(
			'Open again on Monday at 00:00 (Europe/Berlin).'
		);
	});
});

describe('the nights in which the clocks change', () => {
	// Berlin: forward on 2026-03-29 at 02:00 (01:00 UTC), back on 2026-10-25 at 03:00 (01:00 UTC).
	test.each([
		['the short night', '2026-03-29T00:00:00Z', ['2026-03-28T22:00', '2026-03-29T05:00']],
		['the long night', '2026-10-25T00:00:00Z', ['2026-10-24T21:00', '2026-10-25T06:00']]
	])('%s is closed until the clocks show the hour', (_what, at, span) => {
		expect(closed(daily(7, 23), at)).toEqual(span);
	});

	test('an hour that is left out begins when it is over', () => {
		expect(closed(daily(2.5, 23), '2026-03-29T00:59:00Z')?.[1]).toBe('2026-03-29T01:30');
		expect(closed(daily(2.5, 23), '2026-03-29T01:30:00Z')).toBe(null);
	});

	test('an hour that there is twice begins the first time', () => {
		expect(closed(daily(2.5, 23), '2026-10-25T00:29:59Z')?.[1]).toBe('2026-10-25T00:30');
		expect(closed(daily(2.5, 23), '2026-10-25T00:30:00Z')).toBe(null);
		expect(closed(daily(7, 2.5), '2026-10-25T00:30:00Z')?.[0]).toBe('2026-10-25T00:30');
	});

	test('a span that the clocks leave out is none', () => {
		const night: WeeklyHours = {
			zone: 'Europe/Berlin',
			days: [...Array<null>(6).fill(null), [2.5 * HOUR, 3 * HOUR]]
		};
		expect(closed(night, '2026-03-29T01:15:00Z')).toEqual(['2026-03-22T02:00', '2026-04-05T00:30']);
	});

	test('clocks may change by half an hour, or at midnight', () => {
		const day = (date: string) => Date.parse(`${date}T00:00:00Z`);
		// Lord Howe Island goes from +10:30 to +11 on 2026-10-04 at 02:00.
		const howe = instantOf('Australia/Lord_Howe', day('2026-10-04'), 2 * HOUR + 15);
		expect(howe.toISOString()).toBe('2026-10-03T15:45:00.000Z');
		// In Beirut 2026-03-29 begins at 01:00.
		const beirut = instantOf('Asia/Beirut', day('2026-03-29'), 0);
		expect(beirut.toISOString()).toBe('2026-03-28T22:00:00.000Z');
	});
});

describe('what may be hours', () => {
	const parse = (value: unknown) => v.safeParse(weeklyHours, value);

	test('a zone is taken under the name that it has', () => {
		expect(parse({ ...daily(7, 23), zone: 'europe/berlin' }).output).toEqual(daily(7, 23));
		expect(knownZone('Mars/Olympus')).toBe(null);
	});

	test.each([
		['another planet', { ...ALWAYS, zone: 'Mars/Olympus' }],
		['no zone', { ...ALWAYS, zone: '' }],
		['six days', { zone: 'UTC', days: ALWAYS.days.slice(1) }],
		['a week without an hour', { zone: 'UTC', days: Array(7).fill(null) }],
		['a day that begins when it is over', { zone: 'UTC', days: Array(7).fill([1440, 60]) }],
		['half minutes', { zone: 'UTC', days: Array(7).fill([0.5, 60]) }],
		['three times', { zone: 'UTC', days: Array(7).fill([0]) }],
		['no hours at all', 'always']
	])('not %s', (_what, value) => {
		expect(parse(value).success).toBe(false);
	});
});
