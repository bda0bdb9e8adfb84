import type { BlockView } from '#lib/server/comments/view.ts';
import type { ProblemView } from './problem.ts';

/** What stands in the composer: a fresh place to write, or the words of a form that came back. */
export interface Draft {
	body: string;
	/** The id of the comment that is answered, or ''. */
	parent: string;
	/** The idempotency key: the same words sent twice make one comment. */
	key: string;
	/** What the address quoted, as a query (`quoting.ts`), or ''. */
	quote: string;
	/** Name and permalink of whom it answers; null for a new thread. */
	replyingTo: { name: string; url: string } | null;
	problem?: ProblemView | null;
	preview?: BlockView[] | null;
}

/** The words of a form that came back, in the place where a fresh draft would stand. */
export function merge(fresh: Draft | null, kept: Partial<Draft>): Draft {
	const empty: Draft = { body: '', parent: '', key: '', quote: '', replyingTo: null };
	const replyingTo = kept.parent === fresh?.parent ? fresh?.replyingTo : null;
	return { ...empty, ...fresh, ...kept, replyingTo: replyingTo ?? null };
}
