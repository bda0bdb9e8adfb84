import type { ReportOutcome } from '#lib/server/moderation/outcomes.ts';
import type { SanctionKind } from '#lib/server/moderation/restrictions.ts';

/** What may be laid on somebody, in words for the desk. */
export interface SanctionWords {
	/** What is done, as it is chosen. */
	act: string;
	/** What it means. */
	means: string;
	/** What holds: "Suspended". */
	holds: string;
}

/** Sanctions in words. */
export const SANCTION_WORDS: Readonly<Record<SanctionKind, SanctionWords>> = {
	warning: {
		act: 'Warn',
		means: 'They have to read it before they post again.',
		holds: 'Warned, not read yet'
	},
	approval: {
		act: 'Require approval',
		means: 'Everything they post waits for a moderator.',
		holds: 'Needs approval'
	},
	suspension: {
		act: 'Suspend',
		means: 'They read and cannot take part, until a time.',
		holds: 'Suspended'
	},
	ban: { act: 'Ban', means: 'They read and cannot take part, for good.', holds: 'Banned' }
};

/** What a moderator found about a report, in words. */
export const OUTCOME_WORDS: Readonly<Record<ReportOutcome, string>> = {
	upheld: 'upheld',
	dismissed: 'not upheld'
};

/** What somebody wrote lately that may be removed with a sanction. */
export const REMOVING_OPTIONS = [
	{ value: '', label: 'Nothing' },
	{ value: 'hour', label: 'What they wrote in the last hour' },
	{ value: 'day', label: 'What they wrote in the last day' },
	{ value: 'week', label: 'What they wrote in the last week' }
] as const;
