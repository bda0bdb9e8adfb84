import { and, eq, sql } from 'drizzle-orm';
import { showsComments, stateAt } from '../articles/commenting-rules.ts';
import { wasPublished } from '../articles/versions.ts';
import { chunks } from '../chunks.ts';
import { now } from '../clock.ts';
import type { Block, Segment } from '../comments/body.ts';
import type { BlockView, QuoteView } from '../comments/view.ts';
import type { Read } from '../database/database.ts';
import { listOf } from '../database/placeholders.ts';
import { prepared } from '../database/prepared.ts';
import { accounts, articleVersions, articles, comments, quotes } from '../database/schema.ts';
import { ARTICLE_NAME, writeAttribution } from './attribution.ts';
import { WITHDRAWN } from './withdrawn.ts';

/** A quote with what its source says about it now. */
export interface JoinedQuote {
	id: string;
	match: QuoteView['match'];
	saidBy: string | null;
	sourceUrl: string | null;
	sourceId: string | null;
	earlierVersion: boolean;
	versionUrl: string | null;
	url: string | null;
	withdrawn: boolean;
	body: Segment[];
	blocks: Block[];
}

/** The quotes of some comments by their ids. */
export type QuoteMap = ReadonlyMap<string, JoinedQuote>;

const NO_QUOTES: QuoteMap = new Map();

const columns = {
	id: quotes.id,
	match: quotes.match,
	saidBy: quotes.saidBy,
	body: quotes.body,
	blocks: quotes.blocks,
	sourceRevision: quotes.sourceRevision,
	sourceCommentId: quotes.sourceCommentId,
	sourceArticleId: quotes.sourceArticleId,
	status: comments.status,
	revision: comments.revision,
	guestName: comments.guestName,
	accountName: accounts.name,
	articleSlug: articles.slug,
	articleVersion: articles.version,
	articlePublishedAt: articles.publishedAt,
	versionReplacedAt: articleVersions.replacedAt,
	commenting: articles.commenting,
	commentingUntil: articles.commentingUntil,
	commentingThen: articles.commentingThen
};

// Of a page with more comments that quote, so many at once.
const some = listOf(30);

const rowsOfSome = prepared((db: Read) =>
	db
		.select(columns)
		.from(quotes)
		.leftJoin(comments, eq(comments.id, quotes.sourceCommentId))
		.leftJoin(accounts, eq(accounts.id, comments.authorId))
		.leftJoin(
			articles,
			eq(articles.id, sql`coalesce(${quotes.sourceArticleId}, ${comments.articleId})`)
		)
		.leftJoin(
			articleVersions,
			and(
				eq(articleVersions.articleId, quotes.sourceArticleId),
				eq(articleVersions.version, quotes.sourceRevision)
			)
		)
		.where(some.has(quotes.commentId))
		.prepare('quotes_of')
);
type Row = Awaited<ReturnType<ReturnType<typeof rowsOfSome>['execute']>>[number];

async function rowsOf(db: Read, commentIds: string[]): Promise<Row[]> {
	const query = rowsOfSome(db);
	const parts = chunks(commentIds, some.size).map((part) => query.execute(some.values(part)));
	return (await Promise.all(parts)).flat();
}

/** Whether everyone may read what is quoted; a quote without a source has nothing to withdraw. */
function isReadable(row: Row): boolean {
	if (row.sourceCommentId === null && row.sourceArticleId === null) return true;
	if (row.articlePublishedAt === null) return false;
	if (row.sourceCommentId === null) return true;
	const { commenting, commentingUntil, commentingThen } = row;
	if (row.status !== 'published' || commenting === null) return false;
	return showsComments(stateAt({ commenting, commentingUntil, commentingThen }, now()));
}

function nameOf(row: Row): string | null {
	if (row.sourceCommentId !== null) return row.accountName ?? row.guestName ?? 'Guest';
	if (row.sourceArticleId !== null) return ARTICLE_NAME;
	return row.saidBy === '' ? null : row.saidBy;
}

/** Where the version that is cited stands, when it is an earlier one; a draft's versions are nobody's. */
function versionUrlOf(row: Row): string | null {
	if (row.sourceCommentId !== null) {
		return `/c/${row.sourceCommentId}/history#revision-${row.sourceRevision}`;
	}
	const { versionReplacedAt: replacedAt, articlePublishedAt, articleSlug } = row;
	if (replacedAt === null || !wasPublished(replacedAt, articlePublishedAt)) return null;
	return `/articles/${articleSlug}/versions/${row.sourceRevision}`;
}

function join(row: Row, evenWithdrawn: boolean): JoinedQuote {
	const { id, match } = row;
	const nothing = {
		...{ saidBy: null, sourceUrl: null, sourceId: null },
		...{ earlierVersion: false, versionUrl: null, url: null }
	};
	if (!evenWithdrawn && !isReadable(row)) {
		return { id, match, ...nothing, withdrawn: true, body: row.body, blocks: [] };
	}
	const current = row.sourceCommentId === null ? row.articleVersion : row.revision;
	const earlierVersion = row.sourceRevision !== null && row.sourceRevision !== current;
	return {
		id,
		match,
		saidBy: nameOf(row),
		sourceUrl:
			row.sourceCommentId !== null
				? `/c/${row.sourceCommentId}`
				: row.sourceArticleId && `/articles/${row.articleSlug}`,
		sourceId: row.sourceCommentId,
		earlierVersion,
		versionUrl: earlierVersion ? versionUrlOf(row) : null,
		url: `/quotes/${id}`,
		withdrawn: false,
		body: row.body,
		blocks: row.blocks
	};
}

/**
 * The quotes that stand in these comments, each as its source stands now.
 * @param options.evenWithdrawn gives words that nobody may read any more: for the operator's export.
 */
export async function load(
	db: Read,
	commentIds: string[],
	{ evenWithdrawn = false } = {}
): Promise<QuoteMap> {
	if (commentIds.length === 0) return NO_QUOTES;
	const rows = await rowsOf(db, commentIds);
	return new Map(rows.map((row) => [row.id, join(row, evenWithdrawn)]));
}

/** Whether a body has a quote in it, so that its quotes must be loaded. */
export function hasQuote(pieces: (Block | Segment)[]): boolean {
	return pieces.some((piece) => 'quote' in piece);
}

/** Blocks with their quotes joined in. */
export function blocks(pieces: Block[], quotes: QuoteMap): BlockView[] {
	return pieces.flatMap((piece): BlockView[] => {
		if ('html' in piece) return [piece];
		const quote = quotes.get(piece.quote);
		if (!quote) return [];
		const { body: _body, ...view } = quote;
		return [{ quote: { ...view, blocks: blocks(quote.blocks, quotes) } }];
	});
}

/** Each line after a mark of quotation. */
export function asBlockquote(text: string): string {
	return text.replace(/^/gm, '> ');
}

function quoteMarkdown(quote: JoinedQuote, quotes: QuoteMap): string {
	const words = quote.withdrawn ? WITHDRAWN : markdown(quote.body, quotes);
	const attribution = writeAttribution(quote.saidBy, quote.sourceUrl);
	return asBlockquote(attribution === '' ? words : `${attribution}\n${words}`);
}

/** A stored body as Markdown, with its quotes as attributed blockquotes, as far as they may be read. */
export function markdown(body: Segment[], quotes: QuoteMap): string {
	return body
		.map((segment) => {
			if ('text' in segment) return segment.text;
			const quote = quotes.get(segment.quote);
			return quote ? quoteMarkdown(quote, quotes) : '';
		})
		.filter((text) => text !== '')
		.join('\n\n');
}
