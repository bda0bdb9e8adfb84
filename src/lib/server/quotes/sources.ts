import { and, eq, inArray, isNotNull, or, sql } from 'drizzle-orm';
import { showsCommentsAt } from '../articles/commenting-now.ts';
import { hasSlug } from '../articles/slugs.ts';
import { now } from '../clock.ts';
import type { Segment } from '../comments/body.ts';
import type { CommentStatus } from '../comments/statuses.ts';
import type { Read } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { accounts, articles, comments, quotes } from '../database/schema.ts';
import { canonicalWords } from '../text/canonical.ts';
import { passagesOf, type Passage } from '../text/passages.ts';
import { plainText } from '../text/plain.ts';
import { wordsOf } from './match.ts';

/** An article with its words, as a source of quotes. */
export interface ArticleSource {
	id: string;
	slug: string;
	version: number;
	words: string;
	passages: Passage[];
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

/** An article's text; only the body is Markdown. */
export function articleText(text: { title: string; standfirst: string; body: string }): string {
	return `${text.title}\n${text.standfirst}\n${plainText(text.body, { kind: 'article' })}`;
}

// Marks may stand in the middle of a word.
const MARKS = /[*_~`\\]/g;

/** The columns of a `SourceRow`, for a select that joins the authors' accounts. */
export const sourceColumns = {
	id: comments.id,
	revision: comments.revision,
	body: comments.body,
	status: comments.status,
	guestName: comments.guestName,
	accountName: accounts.name
};

/** A comment as it is loaded to be searched. */
export interface SourceRow {
	id: string;
	revision: number;
	body: Segment[];
	status: CommentStatus;
	guestName: string | null;
	accountName: string | null;
}

/** Where a quote may come from: a comment with its own words, which are parsed when they are first asked for. */
export class CommentSource {
	readonly id: string;
	readonly revision: number;
	readonly name: string;
	/** Whether everyone may read it; what was taken down is known, but its words are not. */
	readonly readable: boolean;
	readonly #body: Segment[];
	#words: string | null = null;
	#hints: string | null = null;

	constructor(row: SourceRow) {
		this.id = row.id;
		this.revision = row.revision;
		this.name = row.accountName ?? row.guestName ?? 'Guest';
		this.readable = row.status === 'published';
		this.#body = row.body;
	}

	/** Its own words, canonical. */
	get words(): string {
		return (this.#words ??= wordsOf(ownText(this.#body)));
	}

	/** Its own words unparsed, in lower case: what cannot be in here is not in `words`. */
	get hints(): string {
		return (this.#hints ??= canonicalWords(ownText(this.#body)).replace(MARKS, '').toLowerCase());
	}
}

const leftPlace = and(
	inArray(comments.status, ['removed', 'deleted', 'pending']),
	or(isNotNull(comments.listedIn), isNotNull(comments.replySeq))
);

const AT = sql.param(sql.placeholder('at'), articles.commentingUntil);

const knownById = prepared((db: Read) =>
	db
		.select(sourceColumns)
		.from(comments)
		.innerJoin(articles, eq(articles.id, comments.articleId))
		.leftJoin(accounts, eq(accounts.id, comments.authorId))
		.where(
			and(
				eq(comments.id, sql.placeholder('id')),
				or(eq(comments.status, 'published'), leftPlace),
				or(
					eq(comments.articleId, sql.placeholder('within')),
					and(isNotNull(articles.publishedAt), showsCommentsAt(AT))
				)
			)
		)
		.prepare('quote_source')
);

/**
 * A comment that everyone may know of, on whatever article it stands: one that may be read, or one
 * that was taken down and left its place. Null for any other.
 * @param within an article whose discussion may be hidden: who writes there (an import) may quote there.
 */
export async function byId(db: Read, id: string, within = ''): Promise<CommentSource | null> {
	const [row] = await knownById(db).execute({ id, within, at: now() });
	return row ? new CommentSource(row) : null;
}

/** What a comment quotes and everyone may read, for words that it only passed on. */
export async function quotedBy(
	db: Read,
	commentId: string
): Promise<{ comments: CommentSource[]; articles: ArticleSource[] }> {
	const rows = await db
		.select({ comment: quotes.sourceCommentId, article: quotes.sourceArticleId })
		.from(quotes)
		.where(eq(quotes.commentId, commentId));
	const ids = new Set(rows.flatMap((row) => row.comment ?? []));
	const articleIds = new Set(rows.flatMap((row) => row.article ?? []));
	const found = await Promise.all([...ids].map((id) => byId(db, id)));
	const foundArticles = await Promise.all([...articleIds].map((id) => article(db, { id })));
	return {
		comments: found.filter((source): source is CommentSource => source?.readable === true),
		articles: foundArticles.filter((source) => source !== null)
	};
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
			title: articles.title,
			standfirst: articles.standfirst,
			body: articles.body,
			publishedAt: articles.publishedAt
		})
		.from(articles)
		.where('id' in key ? eq(articles.id, key.id) : hasSlug(articles, key.slug));
	if (!row || row.publishedAt === null) return null;
	const { id, slug, version } = row;
	const passages = passagesOf(row.body);
	const all = [row.title, row.standfirst].map(canonicalWords);
	all.push(...passages.map((passage) => passage.words));
	const words = all.filter((part) => part !== '').join(' ');
	return { id, slug, version, words, passages };
}
