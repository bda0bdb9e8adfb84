import type { DemoFollow, DemoReport } from './types.ts';

/** Who follows which discussion. */
export const follows: DemoFollow[] = [
	{ person: 'nuala', article: 'gulls-down-by-a-third', minutesAfter: 251 }
];

/** What readers have reported and no moderator has looked at. */
export const reports: DemoReport[] = [
	{
		comment: 'ferry-46',
		by: 'rosalind',
		reason: 'misquotes-me',
		note: 'Those are not my words, and the difference is the whole point. Please read the two side by side.',
		minutesAfter: 447
	},
	{ comment: 'ferry-46', by: 'tariq', reason: 'misinformation', minutesAfter: 461 }
];
