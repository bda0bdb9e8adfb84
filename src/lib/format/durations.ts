import { counted } from './counts.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago something was, in words: `less than a minute`, `14 minutes`, `3 hours`, `5 days`. */
export function elapsed(since: Date, now: Date): string {
	const span = now.getTime() - since.getTime();
	if (span < MINUTE) return 'less than a minute';
	if (span < HOUR) return counted(Math.floor(span / MINUTE), 'minute');
	if (span < 2 * DAY) return counted(Math.floor(span / HOUR), 'hour');
	return counted(Math.floor(span / DAY), 'day');
}

/** A number of seconds in words, in the largest unit that they are whole in, without a `1`: `hour`, `90 seconds`. */
export function span(seconds: number): string {
	const milliseconds = seconds * 1000;
	const units = [
		[DAY, 'day'],
		[HOUR, 'hour'],
		[MINUTE, 'minute']
	] as const;
	const [unit, noun] = units.find(([size]) => milliseconds % size === 0) ?? [1000, 'second'];
	const count = milliseconds / unit;
	return count === 1 ? noun : counted(count, noun);
}

/** How long something took, in words: `40 seconds`, `14 minutes`, `3 hours`, `5 days`. */
export function spanned(seconds: number): string {
	const milliseconds = seconds * 1000;
	if (milliseconds < 2 * MINUTE) return counted(Math.round(seconds), 'second');
	if (milliseconds < 2 * HOUR) return counted(Math.round(milliseconds / MINUTE), 'minute');
	if (milliseconds < 2 * DAY) return counted(Math.round(milliseconds / HOUR), 'hour');
	return counted(Math.round(milliseconds / DAY), 'day');
}
