import { eq } from 'drizzle-orm';
import type { Actor } from '../actor.ts';
import type { Database } from '../database/database.ts';
import { comments } from '../database/schema.ts';
import { readable } from './access.ts';
import { articleOf } from './comments.ts';
import { present, type PresentedArticle } from './present.ts';
import { selectComments } from './rows.ts';
import { repliesAfter, thread } from './threads.ts';
import type { ThreadView } from './view.ts';

const WINDOW = 50;
// Some of what came before a reply is shown above it, so that it can be understood.
const LEAD = 20;

/** A comment among the replies around it. */
export interface ContextView {
	article: PresentedArticle;
	thread: ThreadView;
	/** The comment that was asked for. */
	focus: string;
	/** `?after=` of the replies before these; null when these are the first. */
	earlier: number | null;
	/** `?after=` of the replies after these; null when these are the last. */
	later: number | null;
}

/**
 * A comment in its thread: the root and a window of replies around it, or after the given number.
 * @throws {Refusal} 404 when the actor may not know of the comment.
 */
export async function read(
	db: Database,
	actor: Actor,
	id: string,
	input: { after?: number | null } = {}
): Promise<ContextView> {
	const focus = await readable(db.read, actor, id);
	const [root] = await selectComments(db.read).where(eq(comments.id, focus.rootId));
	const start = input.after ?? Math.max(0, (focus.replySeq ?? 0) - LEAD);
	const rows = await repliesAfter(db.read, root.id, start, WINDOW);
	const last = rows.at(-1)?.replySeq ?? start;
	// What waits has no number yet: it is shown after the others to those who may see it.
	const unplaced = focus.id !== root.id && focus.replySeq === null ? [focus] : [];
	const article = articleOf(focus);
	const views = await present(db.read, actor, article, [root, ...rows, ...unplaced]);
	const view = thread(views[0], views.slice(1), root.replyCount);
	return {
		article,
		thread: { ...view, moreReplies: Math.max(0, root.replyCount - last) },
		focus: id,
		earlier: start > 0 ? Math.max(0, start - WINDOW) : null,
		later: last < root.replyCount ? last : null
	};
}
