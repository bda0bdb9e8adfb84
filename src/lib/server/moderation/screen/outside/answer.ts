import * as v from 'valibot';

// A sentence for the author; more is no reason but an essay.
const WORDS_LENGTH = 300;

/** What an outside check answers about a text. */
export const OutsideAnswer = v.object({
	verdict: v.picklist(['publish', 'hold', 'reject']),
	/** Why, for the author and the moderators. */
	words: v.optional(v.pipe(v.string(), v.maxLength(WORDS_LENGTH))),
	/** What it weighs in the expected harm. */
	harm: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100)))
});
/** What an outside check answers about a text. */
export type OutsideAnswer = v.InferOutput<typeof OutsideAnswer>;
