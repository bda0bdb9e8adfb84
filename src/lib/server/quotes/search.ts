import { and, desc, eq, isNull, lt, or, type SQL } from 'drizzle-orm';
import { nameKey } from '../accounts/names/names.ts';
import type { Read } from '../database/database.ts';
import { accounts, comments } from '../database/schema.ts';
import { sameName } from '../text/canonical.ts';
import { wordsOf } from './match.ts';
import * as sources from './sources.ts';
import { ownText } from './sources.ts';
import type { ArticleSource, CommentSource, QuotingContext, SourceRow } from './sources.ts';

// How far back a discussion is searched for words that no link leads to.
const SEARCH_DEPTH = 500;
// And how many characters of it: five hundred comments as people write them, forty as long as may be.
const SEARCH_LENGTH = 400_000;

/** The search for the sources of one text's quotes: whatever it loads or reads, it does once. */
export interface Search {
	db: Read;
	context: QuotingContext;
	loaded: Map<string, Promise<unknown>>;
	/** `wordsOf`, remembered. */
	read: (markdown: string) => string;
}

/** Begins a search. */
export function begin(db: Read, context: QuotingContext): Search {
	const known = new Map<string, string>();
	function read(markdown: string): string {
		let words = known.get(markdown);
		if (words === undefined) known.set(markdown, (words = wordsOf(markdown)));
		return words;
	}
	return { db, context, loaded: new Map(), read };
}

function once<T>(search: Search, key: string, load: () => Promise<T>): Promise<T> {
	const before = search.loaded.get(key) as Promise<T> | undefined;
	if (before) return before;
	const loading = load();
	search.loaded.set(key, loading);
	return loading;
}

function earlier({ db, context }: Search, condition?: SQL) {
	return db
		.select(sources.sourceColumns)
		.from(comments)
		.leftJoin(accounts, eq(accounts.id, comments.authorId))
		.where(
			and(
				eq(comments.articleId, context.articleId),
				eq(comments.status, 'published'),
				context.before === null ? undefined : lt(comments.id, context.before),
				condition
			)
		)
		.orderBy(desc(comments.id))
		.limit(SEARCH_DEPTH);
}

/** The latest of the comments found, as many as are searched. */
function searched(rows: SourceRow[]): CommentSource[] {
	let length = 0;
	return rows
		.filter(({ body }) => (length += ownText(body).length) <= SEARCH_LENGTH)
		.map((row) => new sources.CommentSource(row));
}

/** A comment that everyone may know of; see `sources.byId`. */
export function byId(search: Search, id: string): Promise<CommentSource | null> {
	return once(search, `comment ${id}`, () => sources.byId(search.db, id, search.context.articleId));
}

/** What a comment quotes and everyone may read. */
export function quotedBy(search: Search, id: string): ReturnType<typeof sources.quotedBy> {
	return once(search, `quoted by ${id}`, () => sources.quotedBy(search.db, id));
}

/** The article of the discussion, or the one with a slug, if everyone may read it. */
export function article(search: Search, slug?: string): Promise<ArticleSource | null> {
	const key = slug === undefined ? { id: search.context.articleId } : { slug };
	return once(search, `article ${slug ?? ''}`, () => sources.article(search.db, key));
}

/** The discussion's earlier comments whose raw text has `hint`, latest first. */
export async function withWord(search: Search, hint: string): Promise<CommentSource[]> {
	const all = await once(search, 'all', async () => searched(await earlier(search)));
	const wanted = hint.toLowerCase();
	return all.filter((source) => source.hints.includes(wanted));
}

/** The discussion's earlier comments by somebody of this name, latest first. */
export function byName(search: Search, name: string): Promise<CommentSource[]> {
	const key = nameKey(name);
	return once(search, `name ${key}`, async () => {
		const theirs = or(eq(accounts.nameKey, key), isNull(comments.authorId));
		const rows = await earlier(search, theirs);
		return searched(
			rows.filter((row) => row.accountName !== null || sameName(row.guestName ?? 'Guest', name))
		);
	});
}
