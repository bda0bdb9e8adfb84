import { normaliseLine } from '#lib/server/text/normalise.ts';
import type { Rules } from '#lib/server/moderation/screen/rules.ts';

const LISTS = ['banned', 'suspect', 'domains'] as const;
const NUMBERS = [
	...(['longest', 'newUntil', 'newLinks'] as const),
	...(['floodComments', 'floodNewcomers', 'floodMinutes'] as const)
];
const CHOICES = ['holdNew', 'premoderated', 'outside'] as const;

/** The fields of the form that sets the rules of screening. */
export const SCREENING_FIELDS = [...LISTS, ...NUMBERS, ...CHOICES];
/** What stands in that form. */
export type ScreeningForm = Record<(typeof SCREENING_FIELDS)[number], string>;

function linesOf(text: string): string[] {
	return [...new Set(text.split('\n').map(normaliseLine))].filter((line) => line !== '');
}

/** The form as the setting that it is to be; whether it can be is the setting's to say. */
export function readScreening(form: ScreeningForm): Record<keyof Rules, unknown> {
	return {
		...read(LISTS, (name) => linesOf(name === 'domains' ? form[name].toLowerCase() : form[name])),
		...read(NUMBERS, (name) => (form[name].trim() === '' ? NaN : Number(form[name]))),
		...read(CHOICES, (name) => form[name] === 'on')
	};
}

function read<Name extends string, T>(names: readonly Name[], value: (name: Name) => T) {
	return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, T>;
}

/** The rules as they stand in the form. */
export function writeScreening(rules: Rules): ScreeningForm {
	return {
		...read(LISTS, (name) => rules[name].join('\n')),
		...read(NUMBERS, (name) => String(rules[name])),
		...read(CHOICES, (name) => (rules[name] ? 'on' : ''))
	};
}
