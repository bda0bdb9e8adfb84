import type { Arrangement } from '#lib/server/articles/discussion.ts';
import type { ClosingRules } from '#lib/server/articles/discussion-defaults.ts';
import { ALWAYS } from '#lib/server/articles/opening-hours.ts';
import type { SlowColumns } from '#lib/server/articles/slow-mode.ts';
import type { SlowMode } from '#lib/server/articles/slow-modes.ts';
import type { WeeklyHours } from '#lib/server/articles/weekly-hours.ts';
import { invalid } from '#lib/server/refusal.ts';

/** The days of the week, as their fields are numbered. */
export const WEEKDAYS = [
	...['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
] as const;

/** The fields of weekly hours; all are text. */
export const HOURS_FIELDS = [
	...(['hours', 'zone', 'from0', 'to0', 'from1', 'to1', 'from2', 'to2', 'from3', 'to3'] as const),
	...(['from4', 'to4', 'from5', 'to5', 'from6', 'to6'] as const)
];
/** Weekly hours as a form holds them: `hours` is 'site', 'always' or 'own', times are like 07:00. */
export type HoursForm = Record<(typeof HOURS_FIELDS)[number], string>;

/** The fields by which discussions close. */
export const CLOSING_FIELDS = ['closeAfterDays', 'closeAfterSilentDays', ...HOURS_FIELDS] as const;
/** When discussions close, as a form holds it. */
export type ClosingForm = Record<(typeof CLOSING_FIELDS)[number], string>;

/** The fields of slow mode. */
export const SLOW_FIELDS = ['slowMode', 'slowSeconds'] as const;

/** The fields of the form that arranges a discussion. */
export const DISCUSSION_FIELDS = [
	...([...SLOW_FIELDS, ...CLOSING_FIELDS] as const),
	...(['message', 'authorHere', 'staffMaySpeak'] as const)
];
/** An arrangement as its form holds it. */
export type DiscussionForm = Record<(typeof DISCUSSION_FIELDS)[number], string>;

const DAY_MINUTES = 24 * 60;

function clock(minutes: number): string {
	const two = (value: number) => String(value).padStart(2, '0');
	return `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;
}

function minutesOf(text: string): number {
	const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
	if (minutes !== undefined) return Number(hours) * 60 + Number(minutes);
	throw invalid('bad-hours', 'Please give hours like 07:00.', 'openHours');
}

function isAlways(hours: WeeklyHours): boolean {
	return hours.days.every((day) => day?.[0] === 0 && day[1] === DAY_MINUTES);
}

/** Weekly hours for a form; null as the site says, or always where there is nothing to go by. */
export function hoursForm(hours: WeeklyHours | null): HoursForm {
	const days = hours && !isAlways(hours) ? hours.days : WEEKDAYS.map(() => null);
	const times = days.flatMap((day, index) => [
		[`from${index}`, day ? clock(day[0]) : ''],
		[`to${index}`, day ? clock(day[1]) : '']
	]);
	const kind = hours === null ? 'site' : isAlways(hours) ? 'always' : 'own';
	return { ...Object.fromEntries(times), hours: kind, zone: hours?.zone ?? 'UTC' } as HoursForm;
}

function spanOf(form: HoursForm, day: number): [number, number] | null {
	const [from, to] = [form[`from${day}` as 'from0'], form[`to${day}` as 'to0']];
	return from === '' && to === '' ? null : [minutesOf(from), minutesOf(to)];
}

/** The weekly hours in a form. @throws {Refusal} 422 for what is no time of day */
export function readHours(form: HoursForm): WeeklyHours | null {
	if (form.hours === 'always') return ALWAYS;
	if (form.hours !== 'own') return null;
	return { zone: form.zone.trim(), days: WEEKDAYS.map((_, day) => spanOf(form, day)) };
}

/** A whole number in a form: NaN for what is none, which no rule takes. */
function numberOf(text: string): number {
	return /^\d{1,9}$/.test(text.trim()) ? Number(text) : NaN;
}

/** When the site's discussions close, for its form. */
export function closingForm(rules: ClosingRules): ClosingForm {
	return {
		closeAfterDays: String(rules.closeAfterDays),
		closeAfterSilentDays: String(rules.closeAfterSilentDays),
		...hoursForm(rules.openHours ?? ALWAYS)
	};
}

/** When the site's discussions close, from its form. @throws {Refusal} 422 for what is no time of day */
export function readClosing(form: ClosingForm): ClosingRules {
	return {
		closeAfterDays: numberOf(form.closeAfterDays),
		closeAfterSilentDays: numberOf(form.closeAfterSilentDays),
		openHours: form.hours === 'own' ? readHours(form) : null
	};
}

/** A slow mode for its form. */
export function slowForm({
	slowMode,
	slowSeconds
}: SlowColumns): Pick<DiscussionForm, 'slowMode' | 'slowSeconds'> {
	return { slowMode, slowSeconds: slowMode === 'off' ? '' : String(slowSeconds) };
}

/** An arrangement for its form. */
export function discussionForm(arrangement: Arrangement): DiscussionForm {
	const { message, authorHere, staffMaySpeak, openHours } = arrangement;
	const { closeAfterDays, closeAfterSilentDays } = arrangement;
	return {
		...slowForm(arrangement),
		closeAfterDays: String(closeAfterDays ?? ''),
		closeAfterSilentDays: String(closeAfterSilentDays ?? ''),
		...hoursForm(openHours),
		message,
		authorHere: authorHere ? 'on' : '',
		staffMaySpeak: staffMaySpeak ? 'on' : ''
	};
}

/** The slow mode in a form, which the domain checks. */
export function readSlow(
	form: Pick<DiscussionForm, 'slowMode' | 'slowSeconds'>
): Pick<Arrangement, 'slowMode' | 'slowSeconds'> {
	const slowMode = form.slowMode as SlowMode;
	return { slowMode, slowSeconds: slowMode === 'off' ? 0 : numberOf(form.slowSeconds) };
}

function daysOrNull(text: string): number | null {
	return text.trim() === '' ? null : numberOf(text);
}

/** The arrangement in a form, which the domain checks. @throws {Refusal} 422 for what is no time of day */
export function readDiscussion(form: DiscussionForm): Arrangement {
	return {
		...readSlow(form),
		closeAfterDays: daysOrNull(form.closeAfterDays),
		closeAfterSilentDays: daysOrNull(form.closeAfterSilentDays),
		openHours: readHours(form),
		message: form.message,
		authorHere: form.authorHere === 'on',
		staffMaySpeak: form.staffMaySpeak === 'on'
	};
}
