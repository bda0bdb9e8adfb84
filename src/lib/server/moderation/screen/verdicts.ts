/** The phases of screening, in the order in which they run. */
export const PHASES = [
	'length',
	'links',
	'banned-words',
	'suspect-words',
	'repeated-text',
	'flood',
	'newcomer',
	'sanctioned-author',
	'premoderated-article',
	'premoderated-site',
	'outside-check'
] as const;
/** A phase of screening. */
export type PhaseName = (typeof PHASES)[number];

/** What a phase may say; most say nothing. */
export const VERDICTS = ['hold', 'reject'] as const;
/** `hold`: it waits for a moderator. `reject`: it is not published, and its author may object. */
export type Verdict = (typeof VERDICTS)[number];
