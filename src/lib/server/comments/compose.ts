import { isDeepStrictEqual } from 'node:util';
import type { Read } from '../database/database.ts';
import type { quotes } from '../database/schema.ts';
import { newId } from '../ids.ts';
import { parse } from '../quotes/parse.ts';
import { resolve, type ResolvedQuote, type ResolvedSegment } from '../quotes/resolve.ts';
import type { QuotingContext } from '../quotes/sources.ts';
import { WITHDRAWN } from '../quotes/withdrawn.ts';
import { renderMarkdown } from '../text/render.ts';
import type { Block, Segment } from './body.ts';

/** A quote's row but for the comment that it will belong to. */
export type NewQuote = Omit<typeof quotes.$inferInsert, 'commentId'>;
/** A quote's row. */
export type QuoteRow = typeof quotes.$inferSelect;

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
		sourceRevision: source ? ('comment' in source ? source.revision : source.version) : null
	};
}

/** Whether a written quote is one that the comment had already: the same source and the same words, or words withdrawn. */
function isSame(row: QuoteRow, quote: ResolvedQuote, outerId: string | null): boolean {
	const { sourceCommentId, sourceArticleId } = sourceColumns(quote.source);
	if (row.outerId !== outerId) return false;
	const [first] = quote.segments;
	if (quote.segments.length === 1 && 'text' in first && first.text.trim() === WITHDRAWN) {
		return true;
	}
	return (
		row.sourceCommentId === sourceCommentId &&
		row.sourceArticleId === sourceArticleId &&
		isDeepStrictEqual(
			row.body.filter((segment) => 'text' in segment),
			quote.segments.filter((segment) => 'text' in segment)
		)
	);
}

class Composer {
	readonly quotes: NewQuote[] = [];
	#existing: QuoteRow[];

	constructor(existing: QuoteRow[]) {
		this.#existing = [...existing];
	}

	/** Keeps an existing quote as it is, once. */
	#keep(quote: ResolvedQuote, outerId: string | null): string | null {
		const index = this.#existing.findIndex((row) => isSame(row, quote, outerId));
		return index < 0 ? null : this.#existing.splice(index, 1)[0].id;
	}

	#quote(quote: ResolvedQuote, outerId: string | null): string {
		const kept = this.#keep(quote, outerId);
		if (kept !== null) return kept;
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
		this.quotes.push(row);
		Object.assign(row, this.segments(quote.segments, id));
		return id;
	}

	segments(segments: ResolvedSegment[], outerId: string | null): Pick<Composed, 'body' | 'blocks'> {
		const body: Segment[] = [];
		const blocks: Block[] = [];
		for (const segment of segments) {
			if ('quoted' in segment) {
				const quote = this.#quote(segment.quoted, outerId);
				body.push({ quote });
				blocks.push({ quote });
			} else {
				body.push({ text: segment.text });
				blocks.push({ html: renderMarkdown(segment.text, { kind: 'comment' }) });
			}
		}
		return { body, blocks };
	}
}

/**
 * Takes an accepted body apart, finds the sources of its quotes and renders it. Needs no transaction:
 * a match cites a revision, and whether a source may be read is asked when somebody reads.
 * @param existing the quotes of the comment that is being edited: those that stay keep their row.
 */
export async function compose(
	db: Read,
	context: QuotingContext,
	source: string,
	existing: QuoteRow[] = []
): Promise<Composed> {
	const composer = new Composer(existing);
	const segments = await resolve(db, context, parse(source));
	const { body, blocks } = composer.segments(segments, null);
	return { body, blocks, quotes: composer.quotes };
}
