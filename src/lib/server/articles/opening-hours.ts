import * as v from 'valibot';
import type { WeeklyHours } from './weekly-hours.ts';
import { dayAt, instantOf, knownZone, plusDays, weekday } from './zoned.ts';

const DAY_MINUTES = 24 * 60;
// A week with one short span may lose it to the night in which the clocks are put forward.
const DAYS_AHEAD = 15;

/** From when until when a discussion is closed by its hours. */
export interface ClosedSpan {
	since: Date;
	until: Date;
}

const wholeMinutes = v.pipe(v.number(), v.integer());
const span = v.tuple([
	v.pipe(wholeMinutes, v.minValue(0), v.maxValue(DAY_MINUTES - 1)),
	v.pipe(wholeMinutes, v.minValue(0), v.maxValue(DAY_MINUTES))
]);

/** Weekly hours as they come from outside; the zone is taken under the name that it is known by. */
export const weeklyHours: v.GenericSchema<unknown, WeeklyHours> = v.object({
	zone: v.pipe(
		v.string(),
		v.rawTransform(({ dataset, addIssue, NEVER }) => {
			const zone = knownZone(dataset.value);
			if (zone !== null) return zone;
			addIssue({ message: 'There is no such time zone. One is Europe/Berlin.' });
			return NEVER;
		})
	),
	days: v.pipe(
		v.array(v.nullable(span), 'Please give the hours of each day.'),
		v.length(7, 'A week has seven days, from Monday to Sunday.'),
		v.check(
			(days) => days.some((day) => day !== null),
			'Please give the hours of one day at least.'
		)
	)
});

/** Hours that are always: for an article that is open whatever the site says. */
export const ALWAYS: WeeklyHours = { zone: 'UTC', days: Array(7).fill([0, DAY_MINUTES]) };

/** The open spans of the days around a time, in order, those that touch made one. */
function openSpans({ zone, days }: WeeklyHours, at: Date): [from: Date, to: Date][] {
	const today = dayAt(zone, at);
	const spans: [Date, Date][] = [];
	// A closed span that began before goes back a week at most, and the span before it another day.
	for (let offset = -DAYS_AHEAD; offset <= DAYS_AHEAD; offset++) {
		const day = plusDays(today, offset);
		const hours = days[weekday(day)];
		if (!hours) continue;
		const [from, to] = hours;
		const start = instantOf(zone, day, from);
		const end = instantOf(zone, day, to > from ? to : to + DAY_MINUTES);
		const last = spans.at(-1);
		if (last && start <= last[1]) last[1] = end > last[1] ? end : last[1];
		else if (end > start) spans.push([start, end]);
	}
	return spans;
}

/** The closed span that a time lies in; null while it is open. */
export function closedAt(hours: WeeklyHours, at: Date): ClosedSpan | null {
	const spans = openSpans(hours, at);
	const next = spans.findIndex(([from]) => from > at);
	const last = spans[next - 1];
	if (next < 1 || last[1] > at) return null;
	return { since: last[1], until: spans[next][0] };
}

/** When it opens, for everyone to read: `Open again on Monday at 07:00 (Europe/Berlin).` */
export function openingNote({ zone }: WeeklyHours, opening: Date): string {
	const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone } as const;
	const day = opening.toLocaleDateString('en-GB', { weekday: 'long', timeZone: zone });
	return `Open again on ${day} at ${opening.toLocaleTimeString('en-GB', time)} (${zone}).`;
}
