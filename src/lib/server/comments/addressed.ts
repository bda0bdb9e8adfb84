import type { Actor } from '../actor.ts';
import type { Database } from '../database/database.ts';
import { isRefusal } from '../refusal.ts';
import * as context from './context.ts';
import type { DiscussionView, ThreadView } from './view.ts';

function holds(discussion: DiscussionView, id: string): boolean {
	return (
		discussion.waiting.some((comment) => comment.id === id) ||
		discussion.threads.some(
			({ root, replies }) => root.id === id || replies.some((reply) => reply.id === id)
		)
	);
}

/** A page of a discussion with the thread of a comment that its address names. */
export interface Addressed {
	discussion: DiscussionView;
	/** Its threads that were there before: the other one is of a later moment. */
	ofPage: ThreadView[];
}

/**
 * Puts the thread of a comment first where a page of its discussion would not show it: one's own, just posted.
 */
export async function withComment(
	db: Database,
	actor: Actor,
	discussion: DiscussionView,
	{ articleId, id }: { articleId: string; id: string }
): Promise<Addressed> {
	const asItWas = { discussion, ofPage: discussion.threads };
	if (holds(discussion, id)) return asItWas;
	const around = await context.read(db, actor, id).catch((thrown: unknown) => {
		if (isRefusal(thrown)) return null;
		throw thrown;
	});
	if (around?.article.id !== articleId) return asItWas;
	const ofPage = discussion.threads.filter(({ root }) => root.id !== around.thread.root.id);
	return { discussion: { ...discussion, threads: [around.thread, ...ofPage] }, ofPage };
}
