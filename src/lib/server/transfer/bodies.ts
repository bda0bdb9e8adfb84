import type { Block, Segment } from '../comments/body.ts';
import { compose, type Composed, type QuoteRow } from '../comments/compose.ts';
import type { Read } from '../database/database.ts';
import { wordsOf } from '../quotes/match.ts';
import { ownText, type QuotingContext } from '../quotes/sources.ts';
import {
	ARTICLE_MAX,
	COMMENT_MAX,
	TextTooComplex,
	TextTooLong,
	type TextKind
} from '../text/caps.ts';
import { escapeMarkdown } from '../text/escape.ts';
import { htmlToMarkdown } from '../text/html.ts';
import { renderMarkdown } from '../text/render.ts';
import { BadLine } from './bad-line.ts';

/** A body that was taken in. */
export interface Imported extends Composed {
	/** Whether its marks had to become plain text. */
	plain: boolean;
}

/** A body that could not be rendered is cut into pieces that surely can. */
const PLAIN_PIECE = COMMENT_MAX / 4;

/** A body of a file as Markdown. @throws {BadLine} when nothing can hold it. */
export function markdownOf(
	body: string,
	format: 'markdown' | 'html' | undefined,
	kind: TextKind
): string {
	const text = format === 'html' ? htmlToMarkdown(body, { kind }) : body;
	const trimmed = text.trim();
	if (trimmed.length <= ARTICLE_MAX) return trimmed;
	const most = ARTICLE_MAX.toLocaleString('en-GB');
	throw new BadLine(`its body has more than ${most} characters`);
}

function isCap(error: unknown): boolean {
	return error instanceof TextTooLong || error instanceof TextTooComplex;
}

/** The last place within `most` characters at which a text may be cut: between paragraphs, lines or words. */
function cutAt(text: string, most: number): number {
	for (const gap of ['\n\n', '\n', ' ']) {
		const at = text.lastIndexOf(gap, most - gap.length);
		if (at > most / 2) return at + gap.length;
	}
	// Not between the halves of a character.
	return /[\ud800-\udbff]/.test(text[most - 1]) ? most - 1 : most;
}

/** A text in pieces of at most `most` characters, none of them empty. */
export function piecesOf(text: string, most: number): string[] {
	const pieces: string[] = [];
	let rest = text;
	while (rest.length > most) {
		const at = cutAt(rest, most);
		pieces.push(rest.slice(0, at).trimEnd());
		rest = rest.slice(at);
	}
	pieces.push(rest);
	return pieces.filter((piece) => piece.trim() !== '');
}

/** Text as Markdown without any mark; a `[quote` that is only text stays one. */
export function plainMarkdown(text: string): string {
	return escapeMarkdown(text).replace(/\[(?=quote)/gi, '&#91;');
}

/** Markdown of one's own as it is stored and shown; as plain text where it cannot be rendered. */
export function rendered(text: string): { body: Segment[]; blocks: Block[]; plain: boolean } {
	try {
		const html = renderMarkdown(text, { kind: 'comment' });
		return { body: [{ text }], blocks: [{ html }], plain: false };
	} catch (error) {
		if (!isCap(error)) throw error;
	}
	const pieces = piecesOf(text, PLAIN_PIECE).map(plainMarkdown);
	return {
		body: pieces.map((piece) => ({ text: piece })),
		blocks: pieces.map((piece) => ({ html: renderMarkdown(piece, { kind: 'comment' }) })),
		plain: true
	};
}

async function composePiece(
	db: Read,
	context: QuotingContext,
	piece: string,
	existing: QuoteRow[]
): Promise<Imported> {
	try {
		return { ...(await compose(db, context, piece, existing)), plain: false };
	} catch (error) {
		if (!isCap(error)) throw error;
		return { ...rendered(piece), quotes: [] };
	}
}

/** Whether a later comment can look for its words in this one. */
function isSearchable(body: Segment[]): boolean {
	try {
		wordsOf(ownText(body));
		return true;
	} catch (error) {
		if (!isCap(error)) throw error;
		return false;
	}
}

/**
 * Takes a comment's Markdown in: quotes found, everything rendered. What was written elsewhere may be
 * longer than what is posted here: then it is stored in pieces. What cannot be rendered becomes plain text.
 */
export async function composeImported(
	db: Read,
	context: QuotingContext,
	text: string,
	existing: QuoteRow[] = []
): Promise<Imported> {
	const pieces = piecesOf(text, COMMENT_MAX);
	const whole: Imported = { body: [], blocks: [], quotes: [], plain: false };
	for (const piece of pieces) {
		const part = await composePiece(db, context, piece, existing);
		whole.body.push(...part.body);
		whole.blocks.push(...part.blocks);
		whole.quotes.push(...part.quotes);
		whole.plain ||= part.plain;
	}
	if (pieces.length === 1 && !whole.plain) return whole;
	return isSearchable(whole.body) ? whole : { ...rendered(text), plain: true, quotes: [] };
}

/** An article's Markdown with its HTML; as plain text where it cannot be rendered. */
export function renderArticle(body: string): { body: string; bodyHtml: string; plain: boolean } {
	const options = { kind: 'article', passages: true } as const;
	try {
		return { body, bodyHtml: renderMarkdown(body, options), plain: false };
	} catch (error) {
		if (!isCap(error)) throw error;
	}
	const plain = plainMarkdown(body).slice(0, ARTICLE_MAX);
	return { body: plain, bodyHtml: renderMarkdown(plain, options), plain: true };
}

/** The columns of the message above a discussion; what cannot be rendered any more is left out. */
export function renderMessage(message: string): { message: string; messageHtml: string } {
	try {
		const messageHtml = message && renderMarkdown(message, { kind: 'article', passages: false });
		return { message, messageHtml };
	} catch (error) {
		if (!isCap(error)) throw error;
		return { message: '', messageHtml: '' };
	}
}
