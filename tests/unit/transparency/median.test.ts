import { expect, test } from 'vitest';
import { median } from '#lib/server/transparency/report.ts';
import { daysOf, monthsOf, yearSpan } from '#lib/server/transparency/spans.ts';

test.each<[number[], number | null]>([
	[[], null],
	[[7], 7],
	[[9, 1], 5],
	[[100, 9, 10], 10],
	[[4, 1, 3, 2], 2.5]
])('the median of %j is %j', (values, middle) => {
	expect(median(values)).toBe(middle);
});

test.each([
	[2026, 365],
	[2028, 366]
])('the months of %i are its %i days, without gaps', (year, count) => {
	const days = monthsOf(year).flatMap(daysOf);
	expect(days).toHaveLength(count);
	expect(days[0].from).toEqual(yearSpan(year).from);
	expect(days.at(-1)!.before).toEqual(yearSpan(year).before);
	expect(
		days.slice(1).every(({ from }, index) => from.getTime() === days[index].before.getTime())
	).toBe(true);
});
