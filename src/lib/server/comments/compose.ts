import type { Read } from '../database/database.ts';
import type { quotes } from '../database/schema.ts';
import { newId } from '../ids.ts';
import { parse, type ParsedSegment } from '../quotes/parse.ts';
import { resolve, type ResolvedQuote, type ResolvedSegment } from '../quotes/resolve.ts';
import type { QuotingContext } from '../quotes/sources.ts';
import { WITHDRAWN } from '../quotes/withdrawn.ts';
import { renderMarkdown } from '../text/render.ts';
import type { Block, Segment } from './body.ts';

/** A quote's row but for the comment that it will belong to. */
export type NewQuote = Omit<typeof quotes.$inferInsert, 'commentId'>;
/** A quote's row. */
export type QuoteRow = typeof quotes.$inferSelect;
/** A quote that a comment has already; `withdrawn` while its words may not be read. */
export type ExistingQuote = QuoteRow & { withdrawn?: boolean };

/** A body taken apart, rendered and ready to be stored. */
export interface Composed {
	body: Segment[];
	blocks: Block[];
	/** Quotes that are new, outer ones before inner ones. */
	quotes: NewQuote[];
}

function sourceColumns(source: ResolvedQuote['source']) {
	return {
		sourceCommentId: source && 'comment' in source ? source.comment : null,
		sourceArticleId: source && 'article' in source ? source.article : null,
		sourceRevision: source ? ('comment' in source ? source.revision : source.version) : null,
		passage: source && 'article' in source ? source.passage : null
	};
}

function saysWithdrawn({ segments }: ResolvedQuote): boolean {
	const [first] = segments;
	return segments.length === 1 && 'text' in first && first.text.trim() === WITHDRAWN;
}

/** The quotes of the comment that is being edited, from which those that stay keep their row. */
interface Kept {
	all: ExistingQuote[];
	used: Set<string>;
}

function hasSameWords(kept: Kept, row: ExistingQuote, segments: ResolvedSegment[]): boolean {
	if (row.body.length !== segments.length) return false;
	return row.body.every((piece, index) => {
		const segment = segments[index];
		if ('text' in piece) return 'text' in segment && segment.text === piece.text;
		const inner = kept.all.find(({ id }) => id === piece.quote);
		return (
			'quoted' in segment && inner !== undefined && isSame(kept, inner, segment.quoted, row.id)
		);
	});
}

/**
 * Whether a written quote is one that the comment had already: the same words of the same source, or
 * words withdrawn. What was withdrawn since the words were taken into the form is no longer found.
 */
function isSame(
	kept: Kept,
	row: ExistingQuote,
	quote: ResolvedQuote,
	outerId: string | null
): boolean {
	if (row.outerId !== outerId) return false;
	if (row.withdrawn && saysWithdrawn(quote)) return true;
	const { sourceCommentId, sourceArticleId } = sourceColumns(quote.source);
	const sameSource =
		row.sourceCommentId === sourceCommentId && row.sourceArticleId === sourceArticleId;
	const sourceGone = row.withdrawn === true && quote.source === null;
	return (sameSource || sourceGone) && hasSameWords(kept, row, quote.segments);
}

/** Makes rows of new quotes, and finds the rows of those that stay. */
interface Composing {
	kept: Kept;
	quotes: NewQuote[];
}

function keep({ kept }: Composing, quote: ResolvedQuote, outerId: string | null): string | null {
	const row = kept.all.find(
		(candidate) => !kept.used.has(candidate.id) && isSame(kept, candidate, quote, outerId)
	);
	if (!row) return null;
	kept.used.add(row.id);
	return row.id;
}

function composeQuote(composing: Composing, quote: ResolvedQuote, outerId: string | null): string {
	const same = keep(composing, quote, outerId);
	if (same !== null) return same;
	const id = newId();
	const row: NewQuote = {
		id,
		outerId,
		...sourceColumns(quote.source),
		saidBy: quote.name,
		match: quote.match,
		body: [],
		blocks: []
	};
	composing.quotes.push(row);
	Object.assign(row, composeSegments(composing, quote.segments, id));
	return id;
}

function composeSegments(
	composing: Composing,
	segments: ResolvedSegment[],
	outerId: string | null
): Pick<Composed, 'body' | 'blocks'> {
	const body: Segment[] = [];
	const blocks: Block[] = [];
	for (const segment of segments) {
		if ('quoted' in segment) {
			const quote = composeQuote(composing, segment.quoted, outerId);
			body.push({ quote });
			blocks.push({ quote });
		} else {
			body.push({ text: segment.text });
			blocks.push({ html: renderMarkdown(segment.text, { kind: 'comment' }) });
		}
	}
	return { body, blocks };
}

/**
 * Finds the sources of the quotes of a body that was taken apart, and renders it. Needs no transaction:
 * a match cites a revision, and whether a source may be read is asked when somebody reads.
 * @param existing the quotes of the comment that is being edited: those that stay keep their row, of
 * several alike the first.
 */
export async function composeParsed(
	db: Read,
	context: QuotingContext,
	parsed: ParsedSegment[],
	existing: ExistingQuote[] = []
): Promise<Composed> {
	const composing: Composing = { kept: { all: existing, used: new Set() }, quotes: [] };
	const segments = await resolve(db, context, parsed);
	return { ...composeSegments(composing, segments, null), quotes: composing.quotes };
}

/** Takes a body apart, then `composeParsed`. */
export function compose(
	db: Read,
	context: QuotingContext,
	source: string,
	existing: ExistingQuote[] = []
): Promise<Composed> {
	return composeParsed(db, context, parse(source), existing);
}
