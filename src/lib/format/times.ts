const MONTHS = [
	'January',
	'February',
	'March',
	'April',
	'May',
	'June',
	'July',
	'August',
	'September',
	'October',
	'November',
	'December'
];
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Milliseconds for which a time is told as an age; past them it is a date. */
export const RELATIVE_SPAN = 24 * HOUR;

function twoDigits(value: number): string {
	return value < 10 ? `0${value}` : String(value);
}

function clock(at: Date): string {
	return `${twoDigits(at.getUTCHours())}:${twoDigits(at.getUTCMinutes())}`;
}

function dayAndMonth(at: Date): string {
	return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}`;
}

/** A date as a newspaper prints it, in UTC: `29 July 2026`. */
export function date(at: Date): string {
	return `${dayAndMonth(at)} ${at.getUTCFullYear()}`;
}

/** A date in short, in UTC: `29 Jul 2026`. */
export function shortDate(at: Date): string {
	return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()].slice(0, 3)} ${at.getUTCFullYear()}`;
}

/** A time in full, in UTC: `29 July 2026 at 14:05 UTC`. */
export function full(at: Date): string {
	return `${date(at)} at ${clock(at)} UTC`;
}

/** The age of something younger than a day: `now`, `14 min`, `3 h`; null when it is older or to come. */
export function age(at: Date, now: Date): string | null {
	const elapsed = now.getTime() - at.getTime();
	if (elapsed >= RELATIVE_SPAN || elapsed < -MINUTE) return null;
	if (elapsed < MINUTE) return 'now';
	if (elapsed < HOUR) return `${Math.floor(elapsed / MINUTE)} min`;
	return `${Math.floor(elapsed / HOUR)} h`;
}

/** Whether a time is told by the clock: on a page that is kept, until the browser tells it as an age. */
export function isByClock(at: Date, now: Date, relative: boolean): boolean {
	return !relative && age(at, now) !== null;
}

/**
 * A time in short: an age for a day, then a date. Where the page may be kept and read later, `relative`
 * is false and the first day is told by the clock instead: `29 July, 14:05`.
 */
export function short(at: Date, now: Date, relative = true): string {
	if (isByClock(at, now, relative)) return `${dayAndMonth(at)}, ${clock(at)}`;
	return age(at, now) ?? shortDate(at);
}

/** The value of a `datetime-local` field, in UTC: `2026-07-29T14:05`. */
export function fieldValue(at: Date | null): string {
	return at ? at.toISOString().slice(0, 16) : '';
}
