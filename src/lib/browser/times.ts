import { age } from '../format/times.ts';

const MINUTE = 60_000;

/** Tells the times of the last day as ages, but for those set as dates. */
export function refresh(): void {
	const now = new Date();
	for (const time of document.querySelectorAll<HTMLTimeElement>('time[title]:not(.date)')) {
		const words = age(new Date(time.dateTime), now);
		if (words !== null) time.textContent = words;
	}
}

/** Tells times as ages, and keeps them true. */
export function start(): void {
	refresh();
	setInterval(refresh, MINUTE);
}
