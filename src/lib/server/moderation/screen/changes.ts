import { counted } from '../../../format/counts.ts';
import type { SettingChange } from '../../settings/settings.ts';
import { screening, type Rules } from './rules.ts';

/** What the rules are called. */
export const RULE_NAMES: Readonly<Record<keyof Rules, string>> = {
	banned: 'Banned words',
	suspect: 'Suspect words',
	domains: 'Banned domains',
	longest: 'Length',
	newUntil: 'First comments',
	holdNew: 'Read first comments first',
	newLinks: 'Links of who is new',
	floodComments: 'Comments of one person',
	floodNewcomers: 'New accounts on one article',
	floodMinutes: 'Minutes of a flood',
	premoderated: 'Read everything first',
	outside: 'Outside checks'
};

/** A change of the rules, in words. */
export interface RuleChange {
	by: string | null;
	at: Date;
	/** What became different, a sentence for each rule. */
	what: string[];
}

function shown(value: boolean | number): string {
	return typeof value === 'number' ? String(value) : value ? 'on' : 'off';
}

function difference(name: string, before: unknown, after: unknown): string | null {
	if (Array.isArray(before) && Array.isArray(after)) {
		const added = after.filter((entry) => !before.includes(entry)).length;
		const gone = before.filter((entry) => !after.includes(entry)).length;
		const parts = [
			added > 0 ? `${counted(added, 'entry', 'entries')} added` : [],
			gone > 0 ? `${counted(gone, 'entry', 'entries')} taken out` : []
		].flat();
		return parts.length > 0 ? `${name}: ${parts.join(', ')}` : null;
	}
	if (before === after) return null;
	return `${name}: ${shown(after as boolean | number)}`;
}

/** The history of the rules as what changed each time, newest first. */
export function changesOf(history: readonly SettingChange<Rules>[]): RuleChange[] {
	const rules = Object.keys(RULE_NAMES) as (keyof Rules)[];
	return history.map(({ by, at, value }, index) => {
		const before = history[index + 1]?.value ?? screening.initial;
		const what = rules.map((rule) => difference(RULE_NAMES[rule], before[rule], value[rule]));
		return { by, at, what: what.filter((words) => words !== null) };
	});
}
