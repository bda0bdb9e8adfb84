import type { Actor } from '../actor.ts';
import type { Database, Read } from '../database/database.ts';
import { listOf } from '../database/placeholders.ts';
import { prepared } from '../database/prepared.ts';
import { comments } from '../database/schema.ts';
import { hasQuote, load, markdown, type JoinedQuote, type QuoteMap } from '../quotes/join.ts';
import type { QuoteMatch } from '../quotes/matches.ts';
import { readable } from './access.ts';
import type { Segment } from './body.ts';
import { articleOf } from './comments.ts';
import { presentShared, type SharedView } from './present.ts';
import type { CommentWithArticle } from './rows.ts';

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
	view: SharedView;
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
function hasText(view: SharedView): boolean {
	return view.blocks !== null && view.status !== 'removed';
}

/** Adds their texts to comments that were presented to the actor, given the stored bodies. */
async function withBodies(
	db: Read,
	views: SharedView[],
	bodies: ReadonlyMap<string, Segment[]>
): Promise<CommentWithText[]> {
	const quoting = [...bodies].filter(([, body]) => hasQuote(body)).map(([id]) => id);
	const quotes = await load(db, quoting);
	return views.map((view) => {
		const body = hasText(view) && bodies.get(view.id);
		const text = body && { body: markdown(body, quotes), quotes: quotesOf(body, quotes) };
		return { view, text: text || null };
	});
}

const some = listOf(30);
const bodiesOfSome = prepared((db: Read) =>
	db
		.select({ id: comments.id, body: comments.body })
		.from(comments)
		.where(some.has(comments.id))
		.prepare('bodies_of')
);

/** Adds their texts to comments that were presented to the actor, with one query for them all. */
export async function withTexts(db: Read, views: SharedView[]): Promise<CommentWithText[]> {
	const ids = views.filter(hasText).map((view) => view.id);
	const rows = await some.all(ids, (values) => bodiesOfSome(db).execute(values));
	return withBodies(db, views, new Map(rows.map(({ id, body }) => [id, body])));
}

/** A comment that was read, or just written, with its text. */
export async function withText(
	db: Read,
	actor: Actor,
	row: CommentWithArticle
): Promise<CommentWithText> {
	const views = await presentShared(db, actor, articleOf(row), [row]);
	const [comment] = await withBodies(db, views, new Map([[row.id, row.body]]));
	return comment;
}

/** One comment with its text. @throws {Refusal} 404 when the actor may not know of it */
export async function readWithText(
	db: Database,
	actor: Actor,
	id: string
): Promise<CommentWithText> {
	return withText(db.read, actor, await readable(db.read, actor, id));
}
