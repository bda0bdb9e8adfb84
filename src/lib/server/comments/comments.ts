import { and, desc, eq, isNotNull, lt } from 'drizzle-orm';
import { within, type Actor } from '../actor.ts';
import { showsCommentsAt } from '../articles/commenting-now.ts';
import { stateAt } from '../articles/commenting-rules.ts';
import { now } from '../clock.ts';
import { decodeCursor, encodeCursor, takePage } from '../cursors.ts';
import type { Database, Read } from '../database/database.ts';
import { articles, comments } from '../database/schema.ts';
import { isId } from '../ids.ts';
import { load, markdown as joinMarkdown } from '../quotes/join.ts';
import { notFound } from '../refusal.ts';
import { readable, type AccessibleComment } from './access.ts';
import { present } from './present.ts';
import { selectWithArticles, type CommentWithArticle } from './rows.ts';
import { isReadable } from './rules.ts';
import type { CommentView } from './view.ts';

const PERSON_PAGE = 30;

/** The article of a comment, as `present` wants it. */
export function articleOf(row: CommentWithArticle) {
	return {
		id: row.articleId,
		slug: row.articleSlug,
		title: row.articleTitle,
		revision: row.articleRevision,
		categoryId: row.categoryId,
		staffMaySpeak: row.staffMaySpeak,
		state: stateAt(row, now())
	};
}

/** Comments of several articles as the actor may see them, in the order given. */
export async function presentMixed(
	db: Read,
	actor: Actor,
	rows: CommentWithArticle[]
): Promise<CommentView[]> {
	const byArticle = Map.groupBy(rows, (row) => row.articleId);
	const views = new Map<string, CommentView>();
	for (const group of byArticle.values()) {
		for (const view of await present(db, actor, articleOf(group[0]), group)) {
			views.set(view.id, view);
		}
	}
	return rows.map((row) => views.get(row.id)!);
}

/** One comment. @throws {Refusal} 404 when the actor may not know of it. */
export async function read(db: Database, actor: Actor, id: string): Promise<CommentView> {
	const row = await readable(db.read, actor, id);
	const [view] = await present(db.read, actor, articleOf(row), [row]);
	return view;
}

/** The Markdown of a comment that was loaded for the actor, or null when its words are not for them. */
export async function markdownOf(
	db: Read,
	actor: Actor,
	row: AccessibleComment
): Promise<string | null> {
	if (!isReadable(within(actor, row.categoryId), row)) return null;
	return joinMarkdown(row.body, await load(db, [row.id]));
}

/** A comment as Markdown, quotes and all. @throws {Refusal} 404 when the actor may not read it. */
export async function markdown(db: Database, actor: Actor, id: string): Promise<string> {
	const text = await markdownOf(db.read, actor, await readable(db.read, actor, id));
	if (text === null) throw notFound('comment');
	return text;
}

/** A person's published comments where everyone may read them, newest first. @throws {Refusal} 400 for a bad cursor */
export async function byPerson(
	db: Database,
	actor: Actor,
	accountId: string,
	input: { cursor?: string | null } = {}
): Promise<{ items: CommentView[]; next: string | null }> {
	const before = input.cursor
		? decodeCursor<[string]>(input.cursor, (parts): parts is [string] => isId(parts[0]))[0]
		: undefined;
	const rows = await selectWithArticles(db.read)
		.where(
			and(
				eq(comments.authorId, accountId),
				eq(comments.status, 'published'),
				isNotNull(articles.publishedAt),
				showsCommentsAt(now()),
				before === undefined ? undefined : lt(comments.id, before)
			)
		)
		.orderBy(desc(comments.id))
		.limit(PERSON_PAGE + 1);
	const { items, more } = takePage(rows, PERSON_PAGE);
	return {
		items: await presentMixed(db.read, actor, items),
		next: more ? encodeCursor([items[items.length - 1].id]) : null
	};
}
