import { expect, test } from 'vitest';
import { elapsed, span } from '#lib/format/durations.ts';

const NOW = new Date('2026-07-29T12:00:00Z');

test.each([
	['2026-07-29T12:00:30Z', 'less than a minute'],
	['2026-07-29T11:59:30Z', 'less than a minute'],
	['2026-07-29T11:59:00Z', '1 minute'],
	['2026-07-29T11:00:01Z', '59 minutes'],
	['2026-07-29T11:00:00Z', '1 hour'],
	['2026-07-27T12:00:01Z', '47 hours'],
	['2026-07-27T12:00:00Z', '2 days'],
	['2025-07-29T12:00:00Z', '365 days']
])('since %s it is %s', (since, words) => {
	expect(elapsed(new Date(since), NOW)).toBe(words);
});

test.each([
	[1, 'second'],
	[5, '5 seconds'],
	[60, 'minute'],
	[90, '90 seconds'],
	[120, '2 minutes'],
	[3600, 'hour'],
	[5400, '90 minutes'],
	[86_400, 'day']
])('%s seconds are every %s', (seconds, words) => {
	expect(span(seconds)).toBe(words);
});
