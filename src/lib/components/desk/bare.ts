import type { CommentRights, CommentView } from '#lib/server/comments/view.ts';

/** A comment to decide about and nothing else: what else can be done with it is done in its discussion. */
export function bare(view: CommentView): CommentView {
	const rights = Object.keys(view.can).map((right) => [right, false]);
	const can = Object.fromEntries(rights) as unknown as CommentRights;
	return { ...view, depth: 0, muted: false, folded: false, can };
}
