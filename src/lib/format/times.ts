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
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Milliseconds for which a time is told as an age; past them it is a date. */
export const RELATIVE_SPAN = 24 * HOUR;

const DAY = 24 * HOUR;

/** What all times of a day have in common when they are told, in UTC. */
interface Day {
	/** Milliseconds at which it begins. */
	from: number;
	/** `2026-07-29T` */
	iso: string;
	/** `29 July` */
	dayAndMonth: string;
	year: number;
}

// The times of a page are mostly of few days, one after the other.
let lastDay: Day = dayFrom(0);

function dayFrom(from: number): Day {
	const day = new Date(from);
	const dayAndMonth = `${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]}`;
	const iso = day.toISOString();
	return { from, iso: iso.slice(0, iso.indexOf('T') + 1), dayAndMonth, year: day.getUTCFullYear() };
}

function dayOf(at: Date): Day {
	const from = Math.floor(at.getTime() / DAY) * DAY;
	if (lastDay.from !== from) lastDay = dayFrom(from);
	return lastDay;
}

function twoDigits(value: number): string {
	return value < 10 ? `0${value}` : String(value);
}

function threeDigits(value: number): string {
	return value < 100 ? `0${twoDigits(value)}` : String(value);
}

/** Hours and minutes of milliseconds of a day: `14:05`. */
function clockOf(time: number): string {
	return `${twoDigits(Math.floor(time / HOUR))}:${twoDigits(Math.floor((time % HOUR) / MINUTE))}`;
}

function clock(at: Date): string {
	return clockOf(at.getTime() - dayOf(at).from);
}

function dayAndMonth(at: Date): string {
	return dayOf(at).dayAndMonth;
}

/** As `toISOString` writes it, a fifth of its cost: `2026-07-29T14:05:31.204Z`. @throws {RangeError} for no time */
export function iso(at: Date): string {
	const { from, iso } = dayOf(at);
	const time = at.getTime() - from;
	const seconds = twoDigits(Math.floor((time % MINUTE) / SECOND));
	return `${iso}${clockOf(time)}:${seconds}.${threeDigits(time % SECOND)}Z`;
}

/** A date as a newspaper prints it, in UTC: `29 July 2026`. */
export function date(at: Date): string {
	const { dayAndMonth, year } = dayOf(at);
	return `${dayAndMonth} ${year}`;
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
