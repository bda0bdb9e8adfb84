/** What a reader may say is wrong with an article. */
export const PROBLEM_KINDS = ['typo', 'wrong-fact', 'missing-source', 'other'] as const;
/** What is wrong with an article. */
export type ProblemKind = (typeof PROBLEM_KINDS)[number];

/** How far the desk has come with a problem. */
export const PROBLEM_STATUSES = ['received', 'checking', 'corrected', 'not-an-error'] as const;
/** The first two are open, the last two decided. */
export type ProblemStatus = (typeof PROBLEM_STATUSES)[number];
