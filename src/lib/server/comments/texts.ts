import { inArray } from 'drizzle-orm';
import type { Read } from '../database/database.ts';
import { comments } from '../database/schema.ts';
import { load, markdown, type JoinedQuote, type QuoteMap } from '../quotes/join.ts';
import type { QuoteMatch } from '../quotes/matches.ts';
import type { Segment } from './body.ts';
import type { CommentView } from './view.ts';

/** A quote in a comment, for programs. */
export interface QuoteText {
	/** The quoted words as Markdown, without quotes inside them; null when they are withdrawn. */
	text: string | null;
	match: QuoteMatch;
	saidBy: string | null;
	/** `comment` is null for a quote of an article. */
	source: { comment: string | null; url: string } | null;
}

/** A comment as it is written. */
export interface CommentText {
	/** Markdown, quotes and all. */
	body: string;
	/** In reading order, each before the quotes inside it. */
	quotes: QuoteText[];
}

/** A comment with its text; null where only its place is left, or the words are not for the reader. */
export interface CommentWithText {
	view: CommentView;
	text: CommentText | null;
}

function quoteText(quote: JoinedQuote): QuoteText {
	const own = quote.body.flatMap((segment) => ('text' in segment ? [segment.text] : []));
	const { match, saidBy, sourceUrl: url, sourceId: comment } = quote;
	return {
		text: quote.withdrawn ? null : own.join('\n\n'),
		match,
		saidBy,
		source: url === null ? null : { comment, url }
	};
}

function quotesOf(body: Segment[], quotes: QuoteMap): QuoteText[] {
	return body.flatMap((segment): QuoteText[] => {
		const quote = 'quote' in segment ? quotes.get(segment.quote) : undefined;
		if (!quote) return [];
		return [quoteText(quote), ...(quote.withdrawn ? [] : quotesOf(quote.body, quotes))];
	});
}

/** What is removed has no text for anybody here: a list is passed on more easily than a page. */
function hasText(view: CommentView): boolean {
	return view.blocks !== null && view.status !== 'removed';
}

/** Adds their texts to comments that were presented to the actor, with one query for them all. */
export async function withTexts(db: Read, views: CommentView[]): Promise<CommentWithText[]> {
	const ids = views.filter(hasText).map((view) => view.id);
	if (ids.length === 0) return views.map((view) => ({ view, text: null }));
	const [rows, quotes] = await Promise.all([
		db
			.select({ id: comments.id, body: comments.body })
			.from(comments)
			.where(inArray(comments.id, ids)),
		load(db, ids)
	]);
	const texts = new Map(
		rows.map(({ id, body }) => [
			id,
			{ body: markdown(body, quotes), quotes: quotesOf(body, quotes) }
		])
	);
	return views.map((view) => ({ view, text: texts.get(view.id) ?? null }));
}
