import type { ProblemKind, ProblemStatus } from '#lib/server/problems/kinds.ts';

/** What a reader may say is wrong with an article, as they choose it. */
export const KIND_WORDS: Readonly<Record<ProblemKind, { name: string; hint: string }>> = {
	typo: { name: 'Typo', hint: 'A word is misspelt, missing or there twice.' },
	'wrong-fact': { name: 'Wrong fact', hint: 'It states what is not so.' },
	'missing-source': { name: 'Missing source', hint: 'It does not say where this is known from.' },
	other: { name: 'Something else', hint: 'Say what in your own words.' }
};

/** The kinds in the order in which they are chosen from. */
export const KIND_CHOICES = Object.entries(KIND_WORDS);

/** How far the desk has come with a problem, in a word and for its sender. */
export const STATUS_WORDS: Readonly<Record<ProblemStatus, { name: string; sentence: string }>> = {
	received: { name: 'Received', sentence: 'The newsroom has it and will look into it.' },
	checking: { name: 'Checking', sentence: 'The newsroom is checking it.' },
	corrected: { name: 'Corrected', sentence: 'The article has been corrected. Thank you.' },
	'not-an-error': {
		name: 'Not an error',
		sentence: 'The newsroom looked into it and finds no error.'
	}
};

/** A problem that is filled in: the values of its form. */
export interface ProblemValues {
	kind?: string;
	words?: string;
	passage?: string;
}
