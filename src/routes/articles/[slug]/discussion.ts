import type { Actor } from '#lib/server/actor.ts';
import type { ArticleView } from '#lib/server/articles/view.ts';
import { maySeeDiscussion } from '#lib/server/comments/access.ts';
import * as context from '#lib/server/comments/context.ts';
import * as gathered from '#lib/server/comments/gathered.ts';
import * as threads from '#lib/server/comments/threads.ts';
import type { DiscussionView, Sort } from '#lib/server/comments/view.ts';
import type { Database } from '#lib/server/database/database.ts';
import * as passages from '#lib/server/quotes/passages.ts';
import { isRefusal } from '#lib/server/refusal.ts';
import { isPassageKey } from '#lib/server/text/passages.ts';

function holds(discussion: DiscussionView, id: string): boolean {
	return (
		discussion.waiting.some((comment) => comment.id === id) ||
		discussion.threads.some(
			({ root, replies }) => root.id === id || replies.some((reply) => reply.id === id)
		)
	);
}

/** Puts the thread of a comment first where this page would not show it: one's own, just posted. */
async function withComment(
	db: Database,
	actor: Actor,
	discussion: DiscussionView,
	article: ArticleView,
	id: string
): Promise<DiscussionView> {
	if (holds(discussion, id)) return discussion;
	const around = await context.read(db, actor, id).catch((thrown: unknown) => {
		if (isRefusal(thrown)) return null;
		throw thrown;
	});
	if (around?.article.id !== article.id) return discussion;
	const others = discussion.threads.filter(({ root }) => root.id !== around.thread.root.id);
	return { ...discussion, threads: [around.thread, ...others] };
}

/**
 * The page of an article's discussion that an address asks for (`cursor`, `c`; `passage` for what quotes
 * one passage of the article); without threads where the actor may not see it.
 * @throws {Refusal} 400 for a cursor that cannot be.
 */
export async function readDiscussion(
	db: Database,
	actor: Actor,
	article: ArticleView,
	asked: { sort: Sort; query: URLSearchParams }
): Promise<DiscussionView> {
	const { sort, query } = asked;
	const { state } = article.commenting;
	const none = { threads: [], sort, previous: null, next: null, waiting: [] };
	if (!maySeeDiscussion(actor, article, state)) return none;
	const { id, slug, title, revision, categoryId } = article;
	const { staffMaySpeak } = article.discussion;
	const presented = { id, slug, title, revision, categoryId, staffMaySpeak, state };
	const passage = query.has('quote') ? '' : (query.get('passage') ?? '');
	if (isPassageKey(passage)) {
		const cursor = query.get('cursor');
		const found = await passages.list(db.read, actor, presented, passage, { cursor });
		return { ...none, passage: { key: passage, ...found } };
	}
	const page = await threads.page(db, actor, presented, { sort, cursor: query.get('cursor') });
	const wanted = query.get('c');
	return wanted ? withComment(db, actor, page, article, wanted) : page;
}

/** An article's HTML in pieces: after each passage that is quoted in the discussion, if the actor may see that. */
export async function readBody(
	db: Database,
	actor: Actor,
	article: ArticleView
): Promise<passages.BodyPiece[]> {
	const seen = maySeeDiscussion(actor, article, article.commenting.state);
	return seen ? passages.split(db.read, article) : [{ html: article.bodyHtml, passage: null }];
}

const NOTHING: gathered.Gathered = { answers: [], picks: [] };

/** What stands gathered above a discussion's first page, if the actor may see that. */
export async function readGathered(
	db: Database,
	actor: Actor,
	article: ArticleView,
	query: URLSearchParams
): Promise<gathered.Gathered> {
	if (query.has('cursor') || query.has('passage')) return NOTHING;
	if (!maySeeDiscussion(actor, article, article.commenting.state)) return NOTHING;
	return gathered.read(db.read, actor, { id: article.id, ...article.discussion });
}
