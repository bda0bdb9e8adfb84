/** What a moderator may decide about a comment. */
export const VERBS = ['approve', 'reject', 'keep', 'remove', 'restore', 'review'] as const;
/**
 * `approve` or `reject` what waits, `keep` what was reported, `review` what nobody looked at, `remove`
 * what is published, `restore` what was removed.
 */
export type Verb = (typeof VERBS)[number];

/** A verb, if the text is one. */
export function verbOf(text: string): Verb | null {
	return VERBS.find((known) => known === text) ?? null;
}
