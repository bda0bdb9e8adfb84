import { isStaff, type Actor } from '#lib/server/actor.ts';
import * as articles from '#lib/server/articles/articles.ts';
import type { ArticleView } from '#lib/server/articles/view.ts';
import { maySeeDiscussion } from '#lib/server/comments/access.ts';
import { withComment } from '#lib/server/comments/addressed.ts';
import * as gathered from '#lib/server/comments/gathered.ts';
import * as threads from '#lib/server/comments/threads.ts';
import type { DiscussionView, Sort, ThreadView } from '#lib/server/comments/view.ts';
import type { Database } from '#lib/server/database/database.ts';
import * as passages from '#lib/server/quotes/passages.ts';
import type { Fragments } from '#lib/server/readings/fragments.ts';
import type { Reading } from '#lib/server/readings/readings.ts';
import { readings } from '#lib/server/readings/running.ts';
import { isPassageKey } from '#lib/server/text/passages.ts';
import type { PageServerLoadEvent } from './$types';

type Event = Pick<PageServerLoadEvent, 'locals' | 'params'>;

interface Wanted {
	sort: Sort;
	query: URLSearchParams;
}

/** The key of the passage of the article whose comments alone are asked for; null for none. */
function passageOf(query: URLSearchParams): string | null {
	const key = query.has('quote') ? '' : (query.get('passage') ?? '');
	return isPassageKey(key) ? key : null;
}

/** The page of the discussion that is asked for, without threads where the actor may not see it. */
async function readDiscussion(
	db: Database,
	actor: Actor,
	article: ArticleView,
	{ sort, query }: Wanted
): Promise<DiscussionView> {
	const { state } = article.commenting;
	const none = { threads: [], sort, previous: null, next: null, waiting: [] };
	if (!maySeeDiscussion(actor, article, state)) return none;
	const presented = { ...article, ...article.discussion, state };
	const cursor = query.get('cursor');
	const passage = passageOf(query);
	if (passage !== null) {
		const found = await passages.list(db.read, actor, presented, passage, { cursor });
		return { ...none, passage: { key: passage, ...found } };
	}
	return threads.page(db, actor, presented, { sort, cursor });
}

/** An article's HTML in pieces: after each passage that is quoted in the discussion, if the actor may see that. */
async function readBody(
	db: Database,
	actor: Actor,
	article: ArticleView
): Promise<passages.BodyPiece[]> {
	const seen = maySeeDiscussion(actor, article, article.commenting.state);
	return seen ? passages.split(db.read, article) : [{ html: article.bodyHtml, passage: null }];
}

const NOTHING: gathered.Gathered = { answers: [], picks: [] };

/** What stands gathered above a discussion's first page, if the actor may see that. */
async function readGathered(
	db: Database,
	actor: Actor,
	article: ArticleView,
	query: URLSearchParams
): Promise<gathered.Gathered> {
	if (query.has('cursor') || query.has('passage')) return NOTHING;
	if (!maySeeDiscussion(actor, article, article.commenting.state)) return NOTHING;
	return gathered.read(db.read, actor, { id: article.id, ...article.discussion });
}

/** An article with what of its discussion an address asks for, as the actor may see it. */
export interface ArticlePage {
	article: ArticleView;
	body: passages.BodyPiece[];
	discussion: DiscussionView;
	gathered: gathered.Gathered;
	/** Where pieces of the page are kept for others, and the threads that may be; null where it is not like theirs. */
	kept: { fragments: Fragments; threads: ThreadView[] } | null;
}

/** The part that is the same for all from memory; null where there is none. */
async function readCommon({ locals, params }: Event, wanted: Wanted): Promise<Reading | null> {
	const { db, actor, siteRevision } = locals;
	if (isStaff(actor) || passageOf(wanted.query) !== null) return null;
	const asked = { slug: params.slug, sort: wanted.sort, cursor: wanted.query.get('cursor') };
	return (await readings()).read(db, asked, siteRevision);
}

/**
 * Reads an article's page (`cursor`, `c`; `passage` for what quotes one passage of the article).
 * @throws {Refusal} 404 for no article that the actor may see, 400 for a cursor that cannot be.
 */
export async function readPage(event: Event, wanted: Wanted): Promise<ArticlePage> {
	const { db, actor } = event.locals;
	const { query } = wanted;
	const common = await readCommon(event, wanted);
	const article = common?.article ?? (await articles.read(db, actor, event.params.slug));
	const page = common
		? await threads.own(db, actor, common.page)
		: await readDiscussion(db, actor, article, wanted);
	const named = page.passage ? null : query.get('c');
	const { discussion, ofPage } = named
		? await withComment(db, actor, page, { articleId: article.id, id: named })
		: { discussion: page, ofPage: page.threads };
	return {
		article,
		body: common?.body ?? (await readBody(db, actor, article)),
		discussion,
		gathered: await readGathered(db, actor, article, query),
		// What is of a later moment than the reading may be over before the next one.
		kept: common?.fragments ? { fragments: common.fragments, threads: ofPage } : null
	};
}
