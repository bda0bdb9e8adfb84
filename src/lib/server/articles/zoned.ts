const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A day of the calendar, whatever the zone: the milliseconds at which it begins in UTC. */
export type CalendarDay = number;

// Making one costs far more than asking it, and there are only so many zones.
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
	let clock = clocks.get(zone);
	if (!clock) {
		const two = '2-digit' as const;
		clock = new Intl.DateTimeFormat('en-GB', {
			...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: two, day: two },
			...{ hour: two, minute: two, second: two }
		});
		clocks.set(zone, clock);
	}
	return clock;
}

/** The name under which a time zone is known, such as `Europe/Berlin`; null for one that is not. */
export function knownZone(name: string): string | null {
	try {
		return new Intl.DateTimeFormat('en-GB', { timeZone: name }).resolvedOptions().timeZone;
	} catch {
		return null;
	}
}

/** What the clocks of a zone show at a time, as the milliseconds at which UTC shows the same. */
function wallAt(zone: string, at: number): number {
	const parts = clockOf(zone).formatToParts(at);
	const part = (type: Intl.DateTimeFormatPartTypes) =>
		Number(parts.find((one) => one.type === type)!.value);
	return Date.UTC(
		...([part('year'), part('month') - 1, part('day')] as const),
		...([part('hour'), part('minute'), part('second')] as const)
	);
}

/** The day that it is in a zone at a time. */
export function dayAt(zone: string, at: Date): CalendarDay {
	return Math.floor(wallAt(zone, at.getTime()) / DAY) * DAY;
}

/** The day so many days later. */
export function plusDays(day: CalendarDay, days: number): CalendarDay {
	return day + days * DAY;
}

/** The day of the week, 0 for Monday. */
export function weekday(day: CalendarDay): number {
	return (new Date(day).getUTCDay() + 6) % 7;
}

/**
 * When the clocks of a zone show so many minutes after midnight of a day. In the night in which they
 * are put back, the first of two such times; in the one in which they are put forward, a time that
 * is left out is as much later as the clocks jump.
 */
export function instantOf(zone: string, day: CalendarDay, minutes: number): Date {
	const wall = day + minutes * MINUTE;
	const offsetAt = (at: number) => wallAt(zone, at) - at;
	const [before, after] = [wall - offsetAt(wall - DAY), wall - offsetAt(wall + DAY)];
	const isShown = (at: number) => wallAt(zone, at) === wall;
	return new Date(isShown(before) || !isShown(after) ? before : after);
}
