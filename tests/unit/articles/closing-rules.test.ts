import { describe, expect, test } from 'vitest';
import { closingOf, mayClose } from '#lib/server/articles/closing-rules.ts';
import { rulesFor, type ClosingRules } from '#lib/server/articles/discussion-defaults.ts';
import type { WeeklyHours } from '#lib/server/articles/weekly-hours.ts';

const HOUR = 3_600_000;
const start = new Date('2026-11-02T12:00:00Z');
const after = (hours: number) => new Date(start.getTime() + hours * HOUR);
const days = (count: number) => after(count * 24);

const NEVER: ClosingRules = { closeAfterDays: 0, closeAfterSilentDays: 0, openHours: null };
const nights: WeeklyHours = { zone: 'UTC', days: Array(7).fill([7 * 60, 23 * 60]) };
const noons: WeeklyHours = { zone: 'UTC', days: Array(7).fill([14 * 60, 11 * 60]) };

interface Case {
	at: Date;
	lastCommentAt?: Date;
	setAt?: Date;
	rules: Partial<ClosingRules>;
}

function noteOf({ at, lastCommentAt = null!, setAt = null!, rules }: Case): string | null {
	const discussion = { publishedAt: start, lastCommentAt, setAt };
	return closingOf(discussion, { ...NEVER, ...rules }, at)?.note ?? null;
}

const twoWeeks = { closeAfterDays: 14 };
const silent = { closeAfterSilentDays: 3 };
const OLD = 'Closed 14 days after publication.';
const SILENT = 'Closed after 3 days without a comment.';
const NIGHT = 'Open again on Tuesday at 07:00 (UTC).';

describe('days', () => {
	test.each<[string, Case, string | null]>([
		['no rule', { at: days(4000), rules: {} }, null],
		['not yet old', { at: after(14 * 24 - 1), rules: twoWeeks }, null],
		['old', { at: days(14), rules: twoWeeks }, OLD],
		['old, and closed by nobody yet', { at: days(900), rules: twoWeeks, setAt: days(13) }, OLD],
		['opened again by a person', { at: days(900), rules: twoWeeks, setAt: days(15) }, null],
		['silent from the beginning', { at: days(3), rules: silent }, SILENT],
		['spoken in', { at: days(3), rules: silent, lastCommentAt: after(1) }, null],
		['silent since', { at: after(73), rules: silent, lastCommentAt: after(1) }, SILENT],
		['silent, opened again', { at: days(5), rules: silent, setAt: days(4) }, null],
		['silent after that too', { at: days(7), rules: silent, setAt: days(4) }, SILENT],
		['old before silent', { at: days(14), rules: { ...twoWeeks, ...silent } }, OLD]
	])('%s', (_what, given, note) => {
		expect(noteOf(given)).toBe(note);
	});

	test('one is said as one', () => {
		expect(noteOf({ at: days(2), rules: { closeAfterDays: 1 } })).toBe(
			'Closed a day after publication.'
		);
	});
});

describe('hours', () => {
	const night = { openHours: nights };
	const noon = { openHours: noons };
	test.each<[string, Case, string | null]>([
		['by day', { at: after(10), rules: night }, null],
		['by night', { at: after(11), rules: night }, NIGHT],
		['set by a person before', { at: after(11), rules: night, setAt: after(10.9) }, NIGHT],
		['set by a person that night', { at: after(12), rules: night, setAt: after(11.5) }, null],
		['old before it opens', { at: days(14 - 0.02), rules: { ...noon, ...twoWeeks } }, OLD],
		['silent before it opens', { at: days(3 - 0.02), rules: { ...noon, ...silent } }, SILENT]
	])('%s', (_what, given, note) => {
		expect(noteOf(given)).toBe(note);
	});

	test('what is old before it opens is not while a person keeps it open', () => {
		const at = days(14 - 0.02);
		const setAt = new Date(at.getTime() - 60_000);
		expect(noteOf({ at, rules: { ...noon, ...twoWeeks }, setAt })).toBe(null);
	});

	test('tell when it opens', () => {
		const discussion = { publishedAt: start, lastCommentAt: null, setAt: null };
		const closing = closingOf(discussion, { ...NEVER, openHours: nights }, after(11));
		expect(closing?.until).toEqual(new Date('2026-11-03T07:00:00Z'));
	});
});

test('what may close is told without asking for its comments', () => {
	expect(mayClose(start, { ...NEVER, ...twoWeeks }, days(13))).toBe(false);
	expect(mayClose(start, { ...NEVER, ...silent }, days(3))).toBe(true);
	expect(mayClose(start, { ...NEVER, openHours: nights }, after(11))).toBe(true);
});

test('an article’s own rules go before the site’s', () => {
	const site = { closeAfterDays: 14, closeAfterSilentDays: 30, openHours: nights };
	const none = { closeAfterDays: null, closeAfterSilentDays: null, openHours: null };
	expect(rulesFor(none, site)).toEqual(site);
	expect(rulesFor({ ...none, closeAfterDays: 0 }, site)).toEqual({ ...site, closeAfterDays: 0 });
});
