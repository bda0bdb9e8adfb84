import { counted } from '#lib/format/counts.ts';
import type { SlowMode } from '#lib/server/articles/slow-modes.ts';
import type { WeeklyHours } from '#lib/server/articles/weekly-hours.ts';
import { closingDays, slowSentence } from '../wording.ts';

type Details = Readonly<Record<string, string | null>>;

function days(what: string, value: string | null): string {
	if (value === null) return `closes ${what} as the site says`;
	return value === '0' ? `never closes ${what}` : `closes ${closingDays(Number(value))} ${what}`;
}

function hours(value: string | null): string {
	if (value === null) return 'hours as the site says';
	const { zone, days } = JSON.parse(value) as WeeklyHours;
	return `hours on ${counted(days.filter(Boolean).length, 'day')} of the week (${zone})`;
}

function slow({ slowMode = 'fixed', slowSeconds }: Details): string {
	if (slowMode === 'off') return 'slow mode off';
	const columns = { slowMode: slowMode as SlowMode, slowSeconds: Number(slowSeconds) };
	// The log has only what changed: the other half stayed as it was.
	if (slowSeconds === undefined) return `slow mode ${slowMode}`;
	return slowSentence(columns)!.replace(/^S/, 's').replace(/\.$/, '');
}

const FIELDS: readonly [field: string, words: (value: string | null) => string][] = [
	['closeAfterDays', (value) => days('after publication', value)],
	['closeAfterSilentDays', (value) => days('without a comment', value)],
	['openHours', hours],
	['message', (value) => (value ? 'a message' : 'no message')],
	['authorHere', (value) => (value === 'true' ? 'the author is here' : 'the author has left')],
	[
		'staffMaySpeak',
		(value) =>
			value === 'true' ? 'staff may write when closed' : 'staff may not write when closed'
	]
];

/** What was arranged of a discussion, in words, from what the log keeps of it. */
export function arrangedWords(details: Details): string {
	const isSlow = 'slowMode' in details || 'slowSeconds' in details;
	const others = FIELDS.filter(([field]) => field in details);
	return [
		...(isSlow ? [slow(details)] : []),
		...others.map(([field, words]) => words(details[field]))
	].join('; ');
}
