import { and, desc, eq, inArray, isNull, lt, or } from 'drizzle-orm';
import type { Read } from '../database/database.ts';
import { accounts, articles, comments, quotes } from '../database/schema.ts';
import type { Segment } from '../comments/body.ts';
import { sameName } from '../text/canonical.ts';
import { wordsOf } from './match.ts';

// How far back a discussion is searched for words that no link leads to.
const SEARCH_DEPTH = 500;

/** Where a quote may come from: a comment with its own words. */
export interface CommentSource {
	id: string;
	revision: number;
	name: string;
	/** Its own words, canonical. */
	words: string;
}

/** An article with its words, as a source of quotes. */
export interface ArticleSource {
	id: string;
	slug: string;
	version: number;
	words: string;
}

/** The discussion that a comment is written in, as far as quotes are concerned. */
export interface QuotingContext {
	articleId: string;
	/** Only comments before this id are searched; null means all (a new comment). */
	before: string | null;
}

/** The words of a body that are its writer's own: what stands in quotes was said by somebody else. */
export function ownText(body: Segment[]): string {
	return body.map((segment) => ('text' in segment ? segment.text : '')).join('\n\n');
}

const fields = {
	id: comments.id,
	revision: comments.revision,
	body: comments.body,
	guestName: comments.guestName,
	accountName: accounts.name
};

interface Row {
	id: string;
	revision: number;
	body: Segment[];
	guestName: string | null;
	accountName: string | null;
}

function asSource(row: Row): CommentSource {
	return {
		id: row.id,
		revision: row.revision,
		name: row.accountName ?? row.guestName ?? 'Guest',
		words: wordsOf(ownText(row.body))
	};
}

function earlier(context: QuotingContext) {
	return and(
		eq(comments.articleId, context.articleId),
		eq(comments.status, 'published'),
		context.before === null ? undefined : lt(comments.id, context.before)
	);
}

/** A comment that everyone may read, or null; on whatever article it stands. */
export async function byId(db: Read, id: string): Promise<CommentSource | null> {
	const [row] = await db
		.select(fields)
		.from(comments)
		.innerJoin(articles, eq(articles.id, comments.articleId))
		.leftJoin(accounts, eq(accounts.id, comments.authorId))
		.where(
			and(
				eq(comments.id, id),
				eq(comments.status, 'published'),
				inArray(articles.commenting, ['open', 'premoderated', 'disabled'])
			)
		);
	return row ? asSource(row) : null;
}

/** Earlier comments of the discussion, latest first, whose raw text has `hint` (any case); at most `SEARCH_DEPTH` are looked at. */
export async function withWord(
	db: Read,
	context: QuotingContext,
	hint: string
): Promise<CommentSource[]> {
	const rows = await db
		.select(fields)
		.from(comments)
		.leftJoin(accounts, eq(accounts.id, comments.authorId))
		.where(earlier(context))
		.orderBy(desc(comments.id))
		.limit(SEARCH_DEPTH);
	// The hint spares parsing comments that cannot match.
	const wanted = hint.toLowerCase();
	return rows.filter((row) => ownText(row.body).toLowerCase().includes(wanted)).map(asSource);
}

/** Earlier comments of the discussion by somebody of this name, latest first. */
export async function byName(
	db: Read,
	context: QuotingContext,
	name: string,
	nameKey: string
): Promise<CommentSource[]> {
	const rows = await db
		.select(fields)
		.from(comments)
		.leftJoin(accounts, eq(accounts.id, comments.authorId))
		.where(and(earlier(context), or(eq(accounts.nameKey, nameKey), isNull(comments.authorId))))
		.orderBy(desc(comments.id))
		.limit(SEARCH_DEPTH);
	return rows
		.filter((row) => row.accountName !== null || sameName(row.guestName ?? 'Guest', name))
		.map(asSource);
}

/** The comments that a comment quotes, for words that it only passed on. */
export async function quotedBy(db: Read, commentId: string): Promise<CommentSource[]> {
	const rows = await db
		.select({ id: quotes.sourceCommentId })
		.from(quotes)
		.where(eq(quotes.commentId, commentId));
	const ids = rows.map((row) => row.id).filter((id) => id !== null);
	const found = await Promise.all(ids.map((id) => byId(db, id)));
	return found.filter((source) => source !== null);
}

/** An article that everyone may read, with its words; by id or by slug. */
export async function article(
	db: Read,
	key: { id: string } | { slug: string }
): Promise<ArticleSource | null> {
	const [row] = await db
		.select({
			id: articles.id,
			slug: articles.slug,
			version: articles.version,
			standfirst: articles.standfirst,
			body: articles.body,
			publishedAt: articles.publishedAt
		})
		.from(articles)
		.where('id' in key ? eq(articles.id, key.id) : eq(articles.slug, key.slug));
	if (!row || row.publishedAt === null) return null;
	const { id, slug, version } = row;
	return { id, slug, version, words: wordsOf(`${row.standfirst}\n\n${row.body}`, 'article') };
}
